package io.cardverification.performance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.cardverification.testing.FreePorts;

/**
 * Who stands between those who ask and the stub.
 *
 * @param process null where nobody does
 */
record Candidate(String name, int port, @Nullable ServerProcess process) implements AutoCloseable {

    static final String DIRECT = "nobody: the stub itself";
    static final String BARE = "Quarkus REST with a REST client, bare";
    static final String PROXY = "Vert.x http-proxy";
    static final String NGINX = "nginx";
    static final String NATIVE = "this gateway, native";
    static final String GATEWAY = "this gateway";

    /** More a second than it can do, and what goes with such a limit: Vert.x' pools take no more than 46,340 connections. */
    private static final String[] UNLIMITED = { "-Dgateway.pacing.limit=40000",
            "-Dquarkus.rest-client.tencentcloud.connect-timeout=100", "-Dquarkus.rest-client.tencentcloud.read-timeout=1000",
            "-Dquarkus.rest-client.tencentcloud.connection-pool-size=44001" };

    /** All that are there, running. */
    static List<Candidate> all(StubServer stub, Cores cores) throws IOException, InterruptedException {
        var all = new ArrayList<Candidate>();
        all.add(new Candidate(DIRECT, stub.port(), null));
        all.add(of(BARE, bare(stub, cores)));
        var port = FreePorts.one();
        all.add(of(PROXY, new ServerProcess("vertx-http-proxy", port, cores.pinned(List.of(
                ServerProcess.JAVA, ServerProcess.HEAP, "-cp",
                System.getProperty("java.class.path"), ReverseProxy.class.getName(), Integer.toString(port),
                Integer.toString(stub.port()))))));
        Nginx.start(stub, cores).ifPresent(nginx -> all.add(of(NGINX, nginx)));
        for (var executable : LaunchMode.executables()) {
            all.add(of(NATIVE, new GatewayProcess("native", executable, stub, cores::pinned, UNLIMITED).process()));
        }
        all.add(of(GATEWAY, new GatewayProcess("gateway", false, stub, cores::pinned, UNLIMITED).process()));
        return all;
    }

    /** {@code src/bench/bare}, which the bench builds. */
    private static ServerProcess bare(StubServer stub, Cores cores) throws IOException, InterruptedException {
        var port = FreePorts.one();
        return new ServerProcess("bare", port, cores.pinned(List.of(ServerProcess.JAVA, ServerProcess.HEAP,
                "-Dquarkus.http.port=" + port, "-Dquarkus.rest-client.upstream.url=http://127.0.0.1:" + stub.port(),
                "-jar", Path.of("target", "bare", "quarkus-app", "quarkus-run.jar").toString())));
    }

    private static Candidate of(String name, ServerProcess process) {
        return new Candidate(name, process.port(), process);
    }

    Duration cpu() {
        return process == null ? Duration.ZERO : process.cpu();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
