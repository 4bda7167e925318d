package io.cardverification.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import io.cardverification.testing.CommandLine;

/** The packaged application as a process that can be stopped, killed and started again. Threads: one. */
final class RestartableProcess implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final String name;
    private final URI health;
    private final List<String> properties;
    private Process process;

    /** @param health answers 200 when it is ready */
    RestartableProcess(Path folder, String name, URI health, List<String> properties) throws Exception {
        this.folder = folder;
        this.name = name;
        this.health = health;
        this.properties = properties;
        this.process = start();
    }

    private Process start() throws Exception {
        var options = new ArrayList<>(List.of("-Xmx256m"));
        options.addAll(properties);
        var log = ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile());
        var builder = new ProcessBuilder(CommandLine.of(options)).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().keySet().removeIf(key -> key.startsWith("TENCENTCLOUD_") || key.startsWith("QUARKUS_"));
        var started = builder.start();
        awaitReady(started);
        return started;
    }

    private void awaitReady(Process started) {
        Awaitility.await(name + ": see " + folder.resolve(name + ".log")).atMost(Duration.ofMinutes(2))
                .ignoreException(ConnectException.class).failFast(name + " has ended", () -> !started.isAlive())
                .until(() -> send(HttpRequest.newBuilder(health).build()) == 200);
    }

    private static int send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    void send(String method, URI path, String body) throws Exception {
        send(HttpRequest.newBuilder(path).method(method, BodyPublishers.ofString(body)).build());
    }

    /** As an orchestrator does it. */
    void restart() throws Exception {
        stop();
        process = start();
    }

    /** As a power cut does it. */
    void crash() throws Exception {
        process.destroyForcibly().waitFor();
        process = start();
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not stop");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
