package io.cardverification.performance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.cardverification.pacing.Ports;

/** A process that serves a port; what it prints goes to a file in {@code target}. */
final class ServerProcess implements AutoCloseable {

    /** That of the JVM that measures, for whoever is compared with whom. */
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** As large for all that are compared. */
    static final String HEAP = "-Xmx256m";

    private final int port;
    private final Path log;
    private final Process process;

    /** @return when the port is open */
    ServerProcess(String name, int port, List<String> command) throws IOException, InterruptedException {
        this.port = port;
        log = Path.of("target", "bench-" + name + ".log");
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Ports.awaitOpen(port, process);
    }

    /** Another port than the one that it serves first. */
    void awaitOpen(int another) throws IOException, InterruptedException {
        Ports.awaitOpen(another, process);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    /** Processor time of all its threads, and of those that it has started, user's and system's. */
    Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }

    /** @throws IOException where it has ended */
    Resident resident() throws IOException {
        return Resident.of(pid());
    }

    /** Waits until it has ended, so that nothing is left unwritten. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
