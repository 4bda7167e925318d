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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.cardverification.testing.FreePorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The packaged gateway, in a process of its own with a small heap and the image's options; its ledger goes to a file. */
final class GatewayProcess implements AutoCloseable {

    /**
     * Vert.x' own watch over its event loops: a tenth of a second instead of two. How often it looks is what Quarkus (3.33)
     * takes
     * the other setting for; were that also a tenth of a second, it would overlook what stands still for less than two.
     */
    private static final List<String> WATCHED = List.of("-Dquarkus.vertx.max-event-loop-execute-time=100ms",
            "-Dquarkus.vertx.warning-exception-time=10ms");

    private final HttpClient client = HttpClient.newHttpClient();
    private final int managementPort = FreePorts.one();
    private final int sandboxPort = FreePorts.one();
    private final ServerProcess process;

    /**
     * With its sandbox.
     *
     * @param properties beside its own, as {@code -Dkey=value}
     */
    GatewayProcess(String name, String... properties) throws IOException, InterruptedException {
        var port = FreePorts.one();
        process = new ServerProcess(name, port, command(port, false, List.of("-Dquarkus.profile=sandbox",
                "-Dgateway.sandbox.port=" + sandboxPort, "-Dgateway.sandbox.daily-limit=0"), List.of(properties)));
        process.awaitOpen(managementPort);
    }

    /**
     * As in production, before the stub, open to all, and watched.
     *
     * @param learnt what the image has, where {@code ./mvnw package -Daot -Dquarkus.package.output-directory=aot-app} has
     *        packaged
     *        what can
     * @param pinned to a processor, or not
     */
    GatewayProcess(String name, boolean learnt, StubServer stub, UnaryOperator<List<String>> pinned, String... properties)
            throws IOException, InterruptedException {
        var port = FreePorts.one();
        var own = Stream.concat(WATCHED.stream(), Stream.of("-Dgateway.upstream.endpoint=http://127.0.0.1:" + stub.port(),
                "-Dgateway.upstream.secret-id=AKIDEXAMPLE", "-Dgateway.upstream.secret-key=SECRETEXAMPLE",
                "-Dgateway.callers.anonymous=true", "-Dgateway.pacing.start-saturated=false"));
        var command = command(port, learnt && AotCache.isPackaged(), own.toList(), List.of(properties));
        process = new ServerProcess(name, port, pinned.apply(command));
        process.awaitOpen(managementPort);
    }

    /** The native executable, in the same way. */
    GatewayProcess(String name, Path executable, StubServer stub, UnaryOperator<List<String>> pinned, String... properties)
            throws IOException, InterruptedException {
        var port = FreePorts.one();
        var command = Stream.of(List.of(executable.toString(), ServerProcess.HEAP, "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + managementPort), production(stub), List.of(properties)).flatMap(List::stream);
        process = new ServerProcess(name, port, pinned.apply(command.toList()));
        process.awaitOpen(managementPort);
    }

    private static List<String> production(StubServer stub) {
        return Stream.concat(WATCHED.stream(), Stream.of("-Dgateway.upstream.endpoint=http://127.0.0.1:" + stub.port(),
                "-Dgateway.upstream.secret-id=AKIDEXAMPLE", "-Dgateway.upstream.secret-key=SECRETEXAMPLE",
                "-Dgateway.callers.anonymous=true", "-Dgateway.pacing.start-saturated=false")).toList();
    }

    private List<String> command(int port, boolean learnt, List<String> own, List<String> properties)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ServerProcess.JAVA, ServerProcess.HEAP));
        command.addAll(optionsOfTheImage());
        if (learnt) {
            command.addAll(new AotCache(ServerProcess.JAVA).by(command.subList(1, command.size())));
        }
        command.addAll(List.of("-Dquarkus.http.port=" + port, "-Dquarkus.management.port=" + managementPort));
        command.addAll(own);
        command.addAll(properties);
        command.addAll(List.of("-jar", (learnt ? AotCache.APPLICATION : LaunchMode.PLAIN).toString()));
        return command;
    }

    /** What the learnt one has, in a sentence. */
    static String learnt() throws IOException {
        return AotCache.isPackaged()
                ? "The gateway has learnt what the image has, in %s.\n".formatted(new AotCache(ServerProcess.JAVA).kind())
                : "The gateway has not learnt what the image has, since there is no %s.\n".formatted(AotCache.APPLICATION);
    }

    /** But for how large its heap is, and where what it has learnt is kept. */
    private static List<String> optionsOfTheImage() throws IOException {
        try (var lines = Files.lines(Path.of("src", "main", "docker", "Dockerfile.jvm"))) {
            var words = lines.filter(line -> line.startsWith("ENTRYPOINT ")).findFirst().orElseThrow().replace("ENTRYPOINT ",
                    "");
            return Stream
                    .concat(Stream.of("-XX:+IgnoreUnrecognizedVMOptions"), new JsonArray(words).stream().map(Object::toString)
                            .filter(word -> word.startsWith("-XX:") && !word.matches(".*(MaxRAM|AOT|SharedArchive).*")))
                    .toList();
        }
    }

    ServerProcess process() {
        return process;
    }

    int port() {
        return process.port();
    }

    int managementPort() {
        return managementPort;
    }

    /** In MiB. */
    Resident resident() throws IOException {
        var kib = process.resident();
        return new Resident(kib.now() / 1024, kib.peak() / 1024);
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
    long linesWith(String part) throws IOException {
        process.stop();
        try (var lines = Files.lines(process.log())) {
            return lines.filter(line -> line.contains(part)).count();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
