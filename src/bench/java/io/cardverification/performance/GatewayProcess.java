package io.cardverification.performance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.cardverification.pacing.Ports;
import io.vertx.core.json.JsonObject;

/** The packaged gateway with its sandbox, in a process of its own with a small heap; its ledger goes to a file. */
final class GatewayProcess implements AutoCloseable {

    /** What the kernel says of its memory, in MiB. */
    record Resident(long now, long peak) {
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private final int sandboxPort = Ports.free();
    private final Path log;
    private final Process process;

    /** @param properties beside its own, as {@code -Dkey=value} */
    GatewayProcess(String name, String... properties) throws IOException, InterruptedException {
        log = Path.of("target", "bench-" + name + ".log");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port, "-Dquarkus.management.port=" + managementPort,
                "-Dgateway.sandbox.port=" + sandboxPort, "-Dgateway.sandbox.daily-limit=0"));
        command.addAll(List.of(properties));
        command.addAll(List.of("-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Ports.awaitOpen(port, process);
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** @throws IOException where it has ended */
    Resident resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            var status = lines.filter(line -> line.matches("Vm(RSS|HWM):.*"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).toList();
            return new Resident(status.get(1), status.get(0));
        }
    }

    /** As the sandbox has counted them. */
    long charged() throws IOException, InterruptedException {
        return json(sandboxPort, "/_sandbox/counters").getLong("charged");
    }

    /** In both lanes. */
    long waiting() throws IOException, InterruptedException {
        var waiting = json(managementPort, "/q/pacing").getJsonObject("waiting");
        return waiting.stream().mapToLong(lane -> ((Number) lane.getValue()).longValue()).sum();
    }

    private JsonObject json(int at, String path) throws IOException, InterruptedException {
        return new JsonObject(client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + at + path)).build(),
                BodyHandlers.ofString()).body());
    }

    /** Stops it, so that nothing is left unwritten, and reads what it has written. */
    long linesWith(String part) throws IOException, InterruptedException {
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(part)).count();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
