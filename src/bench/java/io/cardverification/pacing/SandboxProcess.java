package io.cardverification.pacing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

import io.cardverification.testing.FreePorts;
import io.vertx.core.json.JsonObject;

/** The sandbox alone, in a process of its own; thousands ask about the same name. */
final class SandboxProcess implements AutoCloseable {

    /** @param atNanos on the sandbox's clock */
    record Arrival(long atNanos, boolean refused) {
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    SandboxProcess() throws IOException, InterruptedException {
        port = FreePorts.one();
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dquarkus.profile=sandbox-only", "-Dgateway.sandbox.port=" + port, "-Dgateway.sandbox.daily-limit=0", "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString())
                .redirectErrorStream(true).redirectOutput(Path.of("target", "bench-sandbox.log").toFile()).start();
        Ports.awaitOpen(port, process);
    }

    int port() {
        return port;
    }

    void rules(int delayMicros, int jitterMicros) throws IOException, InterruptedException {
        client.send(request("settings").method("PATCH", BodyPublishers.ofString(
                new JsonObject().put("delayMicros", delayMicros).put("jitterMicros", jitterMicros).encode())).build(),
                BodyHandlers.discarding());
    }

    /** Those of the last minute, oldest first. */
    List<Arrival> arrivals() throws IOException, InterruptedException {
        var answer = client.send(request("requests").build(), BodyHandlers.ofString()).body();
        return new JsonObject(answer).getJsonArray("requests").stream().map(JsonObject.class::cast)
                .map(arrival -> new Arrival(arrival.getLong("receivedNanos"), arrival.getBoolean("rejected"))).toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/_sandbox/" + path));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
