package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vertx.core.json.JsonObject;

/** The packaged application, started as an operator starts it. */
class PackagedIT {

    @TempDir
    Path folder;

    private final int managementPort = FreePorts.one();

    private Process start(String... properties) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-Dquarkus.management.port=" + managementPort);
        command.addAll(List.of(properties));
        command.addAll(List.of("-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString()));
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("TENCENTCLOUD_") || name.startsWith("QUARKUS_"));
        return process.start();
    }

    private String logOfRefusedStart(String... properties) throws Exception {
        var process = start(properties);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        return Files.readString(folder.resolve("log"));
    }

    @Test
    void without_keys_it_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.http.port=" + FreePorts.one());
        assertThat(log.lines()).filteredOn(line -> !line.isBlank()).singleElement().asString()
                .contains("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "-Dquarkus.profile=sandbox");
    }

    @Test
    void a_wrong_setting_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dgateway.pacing.limit=0");
        assertThat(log).contains("gateway.pacing.limit must be at least 1, but is 0")
                .doesNotContain("\tat ");
    }

    @Test
    void a_taken_sandbox_port_refuses_to_start_in_one_line() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var log = logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                    "-Dgateway.sandbox.host=127.0.0.1", "-Dgateway.sandbox.port=" + taken.getLocalPort());
            assertThat(log).contains("gateway.sandbox.port must be a free port")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_public_key_that_is_none_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dgateway.upstream.encryption.algorithm=SM4-GCM",
                "-Dgateway.upstream.encryption.public-key=AAAA");
        assertThat(log)
                .contains(
                        "gateway.upstream.encryption.public-key must be a public key for SM4-GCM, SM2 in PEM or as its Base64")
                .doesNotContain("\tat ");
    }

    @Test
    void half_a_key_pair_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dgateway.callers.named.billing.secret-id=AKIDBILLING");
        assertThat(log).contains("gateway.callers.named.billing.secret-id and secret-key must come together")
                .doesNotContain("\tat ");
    }

    @Test
    void a_setting_that_there_is_not_refuses_to_start_in_one_line() throws Exception {
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(folder.resolve("config/application.properties"), "gateway.pacng.limit=15");
        assertThat(logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                "-Dgateway.sandbox.port=" + FreePorts.one()))
                .contains("gateway.pacng.limit must be the name of a setting, but there is none such").doesNotContain("\tat ");
    }

    @Test
    void what_is_no_number_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dgateway.pacing.limit=many");
        assertThat(log.lines()).hasSize(2).last().asString().contains("gateway.pacing.limit", "Expected an integer value");
    }

    @Test
    void timeouts_that_do_not_go_together_refuse_to_start_in_one_line() throws Exception {
        assertThat(logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dquarkus.shutdown.timeout=5s"))
                .contains("quarkus.shutdown.timeout must be above gateway.upstream.answer-timeout").doesNotContain("\tat ");
    }

    @Test
    void a_sandbox_beside_tencent_cloud_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                "-Dgateway.sandbox.port=" + FreePorts.one(),
                "-Dgateway.upstream.endpoint=https://faceid.intl.tencentcloudapi.com");
        assertThat(log).contains("gateway.sandbox.enabled must be false where gateway.upstream.endpoint is Tencent Cloud's")
                .doesNotContain("\tat ");
    }

    @Test
    void an_access_log_that_would_hold_addresses_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dquarkus.http.access-log.enabled=true",
                "-Dquarkus.http.access-log.pattern=combined");
        assertThat(log).contains("quarkus.http.access-log.pattern must have neither request line").doesNotContain("\tat ");
    }

    @Test
    void asking_for_certificates_beside_a_plain_port_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dgateway.edge.client-certificate-required=true");
        assertThat(log).contains("quarkus.http.insecure-requests must be disabled where"
                + " gateway.edge.client-certificate-required is true").doesNotContain("\tat ");
    }

    @Test
    void in_earnest_there_is_no_sandbox_and_no_word_of_what_answers() throws Exception {
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
                for (var path : List.of("/_sandbox/rules", "/6226090210146748?IdCard=11204416541220243X", "/q/nothing")) {
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

    @Test
    void the_sandbox_runs_alone() throws Exception {
        var port = FreePorts.one();
        var gatewayPort = FreePorts.one();
        var process = start("-Dquarkus.profile=sandbox-only", "-Dquarkus.http.port=" + gatewayPort,
                "-Dgateway.sandbox.port=" + port);
        try {
            await(HttpClient.newHttpClient(), "http://localhost:" + port + "/", "MissingParameter", process);
            assertThat(process.isAlive()).isTrue();
            assertThatThrownBy(() -> new Socket("localhost", gatewayPort).close()).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> new Socket("localhost", managementPort).close()).isInstanceOf(ConnectException.class);
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void in_the_sandbox_profile_it_answers_and_says_so() throws Exception {
        var port = FreePorts.one();
        var process = start("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port,
                "-Dgateway.sandbox.port=" + FreePorts.one());
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            var answer = ask(client, port, "6226090210146748").get(30, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"result\":\"0\"");
            assertThat(answer.headers().firstValue("Gateway-Upstream")).contains("sandbox");
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
        assertThat(Files.readString(folder.resolve("log"))).contains("The upstream is a SANDBOX", "The sandbox listens on")
                .doesNotContain("6226090210146748", "Wei Xiaobao", "11204416541220243X");
    }

    @Test
    void in_production_every_line_is_one_object_of_json_and_a_line_of_the_ledger_is_nothing_else() throws Exception {
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
                assertThat(line.getString("message", "")).startsWith("CREDENTIALS_REFUSED");
                assertThat(line.getJsonObject("mdc").getString("gatewayRequestId")).isEqualTo(requestId);
            });
        }
    }

    @Test
    void a_stop_answers_what_was_sent_and_tells_who_waits_to_come_back() throws Exception {
        var port = FreePorts.one();
        var process = start("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port,
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dgateway.sandbox.latency=3s", "-Dgateway.pacing.limit=1",
                "-Dgateway.pacing.window=1h", "-Dgateway.pacing.max-wait=2h", "-Dquarkus.http.idle-timeout=3h");
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            var sent = ask(client, port, "6226090210146748");
            awaitPacer(client, process, "\"departed\":1");
            var waiting = ask(client, port, "6225768888888888");
            awaitPacer(client, process, "\"interactive\":1");
            process.destroy();

            var told = waiting.get(30, TimeUnit.SECONDS);
            assertThat(told.statusCode()).isEqualTo(503);
            assertThat(told.body()).contains("shutting-down", "\"charged\":false");
            assertThat(told.headers().firstValue("Retry-After")).contains("5");
            var answered = sent.get(30, TimeUnit.SECONDS);
            assertThat(answered.statusCode()).isEqualTo(200);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_stop_waits_for_what_was_sent_although_its_caller_has_left() throws Exception {
        var port = FreePorts.one();
        var process = start("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port,
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dgateway.sandbox.latency=3s");
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            var sent = ask(client, port, "6226090210146748");
            awaitPacer(client, process, "\"departed\":1");
            sent.cancel(true);
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("log"))).contains("\"result\":\"0\"", "\"charge\":\"charged\"",
                "\"left\":true");
    }

    private static CompletableFuture<HttpResponse<String>> ask(HttpClient client, int port, String bankCard) {
        return client.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/verifications"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"bankCard\":\"" + bankCard
                        + "\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}"))
                .build(), BodyHandlers.ofString());
    }

    private void awaitReady(HttpClient client, Process process) throws Exception {
        await(client, "http://localhost:" + managementPort + "/q/health/ready", "UP", process);
    }

    private void awaitPacer(HttpClient client, Process process, String figure) throws Exception {
        await(client, "http://localhost:" + managementPort + "/q/pacing", figure, process);
    }

    /** Asks until the answer has it, as long as there is somebody to ask. */
    private static void await(HttpClient client, String address, String part, Process process) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        while (process.isAlive()) {
            try {
                var answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200 && answer.body().contains(part)) {
                    return;
                }
            } catch (ConnectException notYet) {
                // Not listening yet.
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }
}
