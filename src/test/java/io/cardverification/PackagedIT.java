package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application, started as an operator starts it. */
class PackagedIT {

    @TempDir
    Path folder;

    private Process start(String... properties) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
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
    void in_the_sandbox_profile_it_answers_and_says_so() throws Exception {
        var port = FreePorts.one();
        var process = start("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port,
                "-Dgateway.sandbox.port=" + FreePorts.one());
        try {
            var client = HttpClient.newHttpClient();
            var ready = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/q/health/ready")).build();
            while (process.isAlive()) {
                try {
                    if (client.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                        break;
                    }
                } catch (ConnectException notYet) {
                    process.waitFor(100, TimeUnit.MILLISECONDS);
                }
            }
            var answer = client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/verifications"))
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString(
                            "{\"bankCard\":\" 6226090210146748\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}"))
                    .build(), BodyHandlers.ofString());
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
}
