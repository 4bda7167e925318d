package io.cardverification.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application, started as an operator starts it. */
public abstract class PackagedGateway {

    @TempDir
    public Path folder;

    public final int managementPort = FreePorts.one();

    public Process start(String... properties) throws IOException {
        return start(Map.of(), properties);
    }

    /** Starts a gateway with its sandbox. */
    public Process startSandbox(int port, String... more) throws IOException {
        return start(sandbox(port, more));
    }

    private static String[] sandbox(int port, String... more) {
        return Stream.concat(Stream.of("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port,
                "-Dgateway.sandbox.port=" + FreePorts.one()), Stream.of(more)).toArray(String[]::new);
    }

    public String logOfRefusedSandbox(String... more) throws Exception {
        return logOfRefusedStart(sandbox(FreePorts.one(), more));
    }

    public Process start(Map<String, String> environment, String... properties) throws IOException {
        var options = new ArrayList<>(List.of("-Dquarkus.management.port=" + managementPort));
        options.addAll(List.of(properties));
        var process = new ProcessBuilder(CommandLine.of(options)).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        process.environment().keySet().removeIf(name -> name.matches("(TENCENTCLOUD|QUARKUS|OTEL)_.*"));
        process.environment().putAll(environment);
        return process.start();
    }

    public String logOfRefusedStart(String... properties) throws Exception {
        var process = start(properties);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        return Files.readString(folder.resolve("log"));
    }

    /** The output of the command. */
    public static String newKey(String caller) throws Exception {
        var process = new ProcessBuilder(CommandLine.of(List.of(), "new-key", caller)).start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    public static CompletableFuture<HttpResponse<String>> ask(HttpClient client, int port, String bankCard,
            String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/verifications"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(SamplePerson.json(bankCard)));
        return client.sendAsync((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    public void awaitReady(HttpClient client, Process process) throws Exception {
        await(client, "http://localhost:" + managementPort + "/q/health/ready", "UP", process);
    }

    public void awaitPacer(HttpClient client, Process process, String figure) throws Exception {
        await(client, "http://localhost:" + managementPort + "/q/pacing", figure, process);
    }

    /** Repeats the request until the response contains the part. */
    public static void await(HttpClient client, String address, String part, Process process) {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        Awaitility.await(address).atMost(Duration.ofMinutes(2)).ignoreException(ConnectException.class)
                .failFast("the process has ended", () -> !process.isAlive()).untilAsserted(() -> {
                    var answer = client.send(request, BodyHandlers.ofString());
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(answer.body()).contains(part);
                });
    }
}
