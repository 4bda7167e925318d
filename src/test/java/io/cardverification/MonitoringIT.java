package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;

/** Dashboards and alerts use no metric of the platform that the packaged application lacks. A native image lacks some. */
class MonitoringIT extends PackagedGateway {

    private static final Pattern OF_THE_PLATFORM = Pattern.compile("\\b(?:ft|http|jvm|process|system)_[a-z_]+");

    @Test
    void every_platform_metric_that_is_watched_is_exposed() throws Exception {
        var port = FreePorts.one();
        var process = startSandbox(port);
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            assertThat(ask(client, port, "6226090210146748").get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            var exposed = client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/q/metrics"))
                    .header("Accept", "text/plain").build(), BodyHandlers.ofString()).body();
            var watched = new TreeSet<String>();
            for (var file : new String[] { "alerts.yaml", "grafana-dashboard.json" }) {
                OF_THE_PLATFORM.matcher(Files.readString(Path.of("k8s", "monitoring", file))).results()
                        .forEach(name -> watched.add(name.group()));
            }
            assertThat(watched).isNotEmpty().allSatisfy(
                    name -> assertThat(exposed).containsPattern("(?m)^" + name + "[ {]"));
        } finally {
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
    }
}
