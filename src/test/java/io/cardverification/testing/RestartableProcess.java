package io.cardverification.testing;

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

/** The packaged application as a process that can be paused, stopped, killed and started again. Threads: one. */
public final class RestartableProcess implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final String name;
    private final URI health;
    private final List<String> properties;
    private Process process;

    /**
     * Starts the process.
     *
     * @param name of its log, to which each start appends
     * @param health answers 200 when it is ready
     */
    public RestartableProcess(Path folder, String name, URI health, List<String> properties) throws Exception {
        this.folder = folder;
        this.name = name;
        this.health = health;
        this.properties = properties;
        this.process = begin();
    }

    private Process begin() throws Exception {
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

    public void send(String method, URI path, String body) throws Exception {
        send(HttpRequest.newBuilder(path).method(method, BodyPublishers.ofString(body)).build());
    }

    /** Repeats a GET request until the response contains the part. */
    public void await(String address, String part) {
        PackagedGateway.await(CLIENT, address, part, process);
    }

    /** Returns when the process is ready. */
    public void start() throws Exception {
        process = begin();
    }

    /** As an orchestrator does it. */
    public void restart() throws Exception {
        stop();
        start();
    }

    /** As a power cut does it: {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The process runs no instruction until {@link #resume}. The kernel accepts connections and bytes in its place. */
    public void pause() throws Exception {
        signal("STOP");
    }

    public void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String signal) throws Exception {
        var status = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(name + " gets no signal " + signal);
        }
    }

    public void stop() throws InterruptedException {
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
