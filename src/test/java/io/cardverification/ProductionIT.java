package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;
import io.cardverification.testing.SamplePerson;
import io.vertx.core.json.JsonObject;

/** The packaged application as in production, but for the upstream. */
class ProductionIT extends PackagedGateway {

    @Test
    void production_has_no_sandbox_and_names_no_server() throws Exception {
        var port = FreePorts.one();
        var sandboxPort = FreePorts.one();
        var process = start("-Dquarkus.http.port=" + port, "-Dgateway.sandbox.port=" + sandboxPort,
                "-Dgateway.callers.anonymous=true", "-Dgateway.upstream.secret-id=AKIDNOBODYS",
                "-Dgateway.upstream.secret-key=NOBODYS",
                "-Dquarkus.http.access-log.enabled=true");
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            assertThatThrownBy(() -> new Socket("localhost", sandboxPort).close()).isInstanceOf(ConnectException.class);
            for (var at : List.of(port, managementPort)) {
                for (var path : List.of("/_sandbox/settings", "/6226090210146748?IdCard=11204416541220243X", "/q/nothing")) {
                    var answer = client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + at + path)).build(),
                            BodyHandlers.ofString());
                    assertThat(answer.statusCode()).isEqualTo(404);
                    assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by", "gateway-upstream");
                    assertThat(answer.body()).doesNotContainIgnoringCase("quarkus").doesNotContainIgnoringCase("vert.x")
                            .doesNotContain("6226090210146748");
                }
            }
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
        assertThat(Files.readString(folder.resolve("log"))).contains(" GET 404 ").doesNotContain("/_sandbox")
                .doesNotContain("6226090210146748", "11204416541220243X");
    }

    /** There is one permit in an hour, and no caller may wait an hour for it. */
    @Test
    void unreachable_upstream_takes_no_permit() throws Exception {
        var port = FreePorts.one();
        var process = start("-Dquarkus.http.port=" + port, "-Dgateway.callers.anonymous=true",
                "-Dgateway.upstream.secret-id=AKIDNOBODYS", "-Dgateway.upstream.secret-key=NOBODYS",
                "-Dgateway.upstream.endpoint=http://localhost:" + FreePorts.one(), "-Dgateway.pacing.start-saturated=false",
                "-Dgateway.pacing.limit=1", "-Dgateway.pacing.window=1h", "-Dgateway.pacing.max-wait=59m",
                "-Dquarkus.http.idle-timeout=2h", "-Dgateway.upstream.retries=2", "-Dgateway.upstream.retry-backoff=1ms");
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            for (var request = 0; request < 3; request++) {
                var answer = ask(client, port, "6226090210146748").get(60, TimeUnit.SECONDS);
                assertThat(answer.statusCode()).isEqualTo(502);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(answer.body()).contains("\"urn:problem:card-verification:upstream-unreachable\"",
                        "\"charged\":false", "\"attempts\":3");
            }
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void keys_are_added_and_revoked_at_run_time() throws Exception {
        var first = newKey("shop");
        var second = newKey("shop");
        assertThat(apiKey(first)).isNotEqualTo(apiKey(second));
        var file = folder.resolve("callers.properties");
        Files.writeString(file, first);
        var port = FreePorts.one();
        var sandboxPort = FreePorts.one();
        var process = start("-Dquarkus.http.port=" + port, "-Dgateway.sandbox.enabled=true",
                "-Dgateway.sandbox.port=" + sandboxPort, "-Dgateway.upstream.endpoint=http://localhost:" + sandboxPort,
                "-Dgateway.upstream.secret-id=AKIDSANDBOXEXAMPLE", "-Dgateway.upstream.secret-key=SANDBOXEXAMPLEKEY",
                "-Dgateway.callers.file=" + file, "-Dgateway.callers.reload-period=1s");
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            assertThat(status(client, port, apiKey(first))).isEqualTo(200);
            assertThat(status(client, port, apiKey(second))).isEqualTo(401);
            Files.writeString(file, second);
            Awaitility.await().until(() -> status(client, port, apiKey(second)) == 200);
            assertThat(status(client, port, apiKey(first))).isEqualTo(401);
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
        assertThat(Files.readString(folder.resolve("log"))).contains("gateway.callers.file changed")
                .doesNotContain(apiKey(first), apiKey(second));
    }

    @Test
    void every_log_line_is_one_json_object() throws Exception {
        var sandboxPort = FreePorts.one();
        var port = FreePorts.one();
        var process = start("-Dquarkus.http.port=" + port, "-Dgateway.sandbox.enabled=true",
                "-Dgateway.sandbox.port=" + sandboxPort, "-Dgateway.upstream.endpoint=http://localhost:" + sandboxPort,
                "-Dgateway.upstream.secret-id=AKIDSANDBOXEXAMPLE", "-Dgateway.upstream.secret-key=SANDBOXEXAMPLEKEY",
                "-Dgateway.callers.anonymous=true");
        String requestId;
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            requestId = ask(client, port, "6222900000000006").get(30, TimeUnit.SECONDS).headers()
                    .firstValue("Gateway-Request-Id").orElseThrow();
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
        try (var log = Files.lines(folder.resolve("log"))) {
            var lines = log.filter(line -> line.startsWith("{")).map(JsonObject::new).toList();
            assertThat(lines).filteredOn(line -> line.containsKey("fingerprint")).singleElement()
                    .satisfies(line -> assertThat(line.fieldNames()).contains("time", "caller", "charge")
                            .doesNotContain("timestamp", "message"));
            assertThat(lines).filteredOn(line -> !line.containsKey("fingerprint")).isNotEmpty()
                    .allSatisfy(line -> assertThat(line.fieldNames()).contains("timestamp", "level", "message"));
            assertThat(lines).anySatisfy(line -> {
                assertThat(line.getString("message", "")).startsWith("Attempt 1 failed: credentials-refused");
                assertThat(line.getJsonObject("mdc").getString("gatewayRequestId")).isEqualTo(requestId);
            });
        }
    }

    private static String apiKey(String lines) {
        return lines.replaceFirst("(?s).*Bearer (\\S+).*", "$1");
    }

    private static int status(HttpClient client, int port, String apiKey) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/verifications"))
                .header("Content-Type", "application/json").header("Authorization", "Bearer " + apiKey)
                .POST(BodyPublishers.ofString(SamplePerson.json()))
                .build(), BodyHandlers.ofString()).statusCode();
    }
}
