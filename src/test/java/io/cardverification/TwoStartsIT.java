package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;
import io.vertx.core.json.JsonObject;

/**
 * Two starts of the packaged application have nothing random in common. A native image could have it from its build, the same
 * for
 * every process.
 */
class TwoStartsIT extends PackagedGateway {

    private static final Pattern SECRET = Pattern.compile("(?:Bearer |-hashes=|-id=|-key=)(\\S+)");

    private record Start(List<String> requestIds, List<String> fingerprints) {
    }

    private Start start() throws Exception {
        var port = FreePorts.one();
        var process = startSandbox(port);
        var requestIds = new ArrayList<String>();
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            for (var card : List.of("6222000000000000", "6222000000000001")) {
                var answer = ask(client, port, card).get(60, TimeUnit.SECONDS);
                requestIds.add(answer.headers().firstValue("Gateway-Request-Id").orElseThrow());
                requestIds.add(new JsonObject(answer.body()).getString("requestId"));
            }
        } finally {
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
        try (var log = Files.lines(folder.resolve("log"))) {
            return new Start(requestIds, log.filter(line -> line.contains("\"fingerprint\""))
                    .map(line -> new JsonObject(line).getString("fingerprint")).toList());
        }
    }

    @Test
    void request_ids_and_fingerprints_differ() throws Exception {
        var first = start();
        var second = start();
        assertThat(first.requestIds()).hasSize(4).doesNotContainNull().doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(second.requestIds());
        assertThat(first.fingerprints()).hasSize(2).doesNotContainNull().doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(second.fingerprints());
    }

    @Test
    void new_keys_differ() throws Exception {
        var secrets = new HashSet<String>();
        for (var start = 0; start < 2; start++) {
            SECRET.matcher(newKey("shop")).results().map(result -> result.group(1)).forEach(secrets::add);
        }
        assertThat(secrets).hasSize(8);
    }
}
