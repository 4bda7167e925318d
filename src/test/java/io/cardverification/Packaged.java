package io.cardverification;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;

/** The packaged application, started as an operator starts it. */
abstract class Packaged {

    @TempDir
    Path folder;

    final int managementPort = FreePorts.one();

    Process start(String... properties) throws IOException {
        return start(Map.of(), properties);
    }

    Process start(Map<String, String> environment, String... properties) throws IOException {
        var options = new ArrayList<>(List.of("-Dquarkus.management.port=" + managementPort));
        options.addAll(List.of(properties));
        var process = new ProcessBuilder(CommandLine.of(options)).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        process.environment().keySet().removeIf(name -> name.matches("(TENCENTCLOUD|QUARKUS|OTEL)_.*"));
        process.environment().putAll(environment);
        return process.start();
    }

    String logOfRefusedStart(String... properties) throws Exception {
        var process = start(properties);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        return Files.readString(folder.resolve("log"));
    }

    /** The output of the command. */
    static String newKey(String caller) throws Exception {
        var process = new ProcessBuilder(CommandLine.of(List.of(), "new-key", caller)).start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    static CompletableFuture<HttpResponse<String>> ask(HttpClient client, int port, String bankCard) {
        return client.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/verifications"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"bankCard\":\"" + bankCard
                        + "\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}"))
                .build(), BodyHandlers.ofString());
    }

    void awaitReady(HttpClient client, Process process) throws Exception {
        await(client, "http://localhost:" + managementPort + "/q/health/ready", "UP", process);
    }

    void awaitPacer(HttpClient client, Process process, String figure) throws Exception {
        await(client, "http://localhost:" + managementPort + "/q/pacing", figure, process);
    }

    /** Asks until the answer has it, as long as there is somebody to ask. */
    static void await(HttpClient client, String address, String part, Process process) throws Exception {
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
