package io.cardverification.performance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.cardverification.testing.FreePorts;

/**
 * How long the packaged gateway takes from exec to its first answer, in production's profile and in front of a sandbox that
 * runs
 * already, and what it holds in memory then and after a thousand verifications, with {@code -Xmx256m}. Each way in turn, so
 * that
 * whatever else this machine does falls on all of them; all files have been read before.
 *
 * <p>
 * Needs two packagings, of which Maven makes the first before it runs this: {@code target/quarkus-app} as usual and
 * {@code target/aot-app} by {@code ./mvnw package -Daot -Dquarkus.package.output-directory=aot-app}.
 */
final class StartBench {

    private static final int ROUNDS = Integer.getInteger("start.rounds", 20);
    private static final int LOAD = 1_000;
    private static final int AT_A_TIME = 20;

    private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final int port;
    private final List<String> properties;

    private StartBench(int sandboxPort) throws IOException {
        port = FreePorts.one();
        properties = List.of("-Dquarkus.http.port=" + port, "-Dquarkus.management.port=" + FreePorts.one(),
                "-Dgateway.upstream.endpoint=http://localhost:" + sandboxPort,
                "-Dgateway.upstream.secret-id=AKIDSANDBOXEXAMPLE", "-Dgateway.upstream.secret-key=SANDBOXEXAMPLEKEY",
                "-Dgateway.callers.anonymous=true", "-Dgateway.pacing.start-saturated=false", "-Dgateway.pacing.limit=1000",
                "-Dquarkus.rest-client.tencentcloud.connection-pool-size=12001");
    }

    /** One cold start; memory in MiB. */
    private record ColdStart(double millis, long resident, long residentUnderLoad) {
    }

    public static void main(String... none) throws IOException, InterruptedException {
        System.out.println(run());
    }

    static String run() throws IOException, InterruptedException {
        return table(List.of(System.getProperty("start.jdks", System.getProperty("java.home")).split(",", -1)));
    }

    /** @param jdks their homes */
    private static String table(List<String> jdks) throws IOException, InterruptedException {
        var ways = LaunchMode.all(jdks);
        var sandboxPort = FreePorts.one();
        var sandbox = ways.get(0).command(List.of("-Dquarkus.profile=sandbox-only", "-Dgateway.sandbox.port=" + sandboxPort,
                "-Dgateway.sandbox.limit=60000000", "-Dgateway.sandbox.daily-limit=0"));
        try (var upstream = new ServerProcess("start-sandbox", sandboxPort, sandbox)) {
            var bench = new StartBench(sandboxPort);
            for (var way : ways) {
                bench.start(way); // Now all files have been read.
            }
            var starts = new HashMap<LaunchMode, List<ColdStart>>();
            for (var round = 0; round < ROUNDS; round++) {
                for (var way : ways) {
                    starts.computeIfAbsent(way, none -> new ArrayList<>()).add(bench.start(way));
                }
            }
            return table(ways, starts);
        }
    }

    private static String table(List<LaunchMode> ways, Map<LaunchMode, List<ColdStart>> starts) throws IOException {
        var table = new StringBuilder(
                "| %d cold starts each, in turns | To the first answer | At worst | Of plain | Memory then |"
                        .formatted(ROUNDS))
                .append(" after %,d verifications |\n|---|--:|--:|--:|--:|--:|\n".formatted(LOAD));
        for (var way : ways) {
            var those = starts.get(way);
            var millis = Latencies.of(those.stream().mapToDouble(ColdStart::millis));
            var plain = Latencies.of(starts.get(ways.get(way.plain())).stream().mapToDouble(ColdStart::millis));
            table.append(String.format(Locale.ROOT, "| %s | %.0f ms | %.0f ms | %.2f | %.0f MiB | %.0f MiB |\n", way.name(),
                    millis.percentile(50), millis.percentile(100), millis.percentile(50) / plain.percentile(50),
                    Latencies.of(those.stream().mapToDouble(ColdStart::resident)).percentile(50),
                    Latencies.of(those.stream().mapToDouble(ColdStart::residentUnderLoad)).percentile(50)));
        }
        return table.append(LaunchMode.absent()).toString();
    }

    private ColdStart start(LaunchMode way) throws IOException, InterruptedException {
        var before = System.nanoTime();
        try (var process = new ServerProcess("start-gateway", port, way.command(properties))) {
            expectAnswer(ask(0).join());
            var millis = (System.nanoTime() - before) / 1e6;
            var resident = process.resident().now() / 1024;
            for (var asked = 0; asked < LOAD; asked += AT_A_TIME) {
                var answers = IntStream.range(asked, asked + AT_A_TIME).mapToObj(this::ask).toList();
                for (var answer : answers) {
                    expectAnswer(answer.join());
                }
            }
            return new ColdStart(millis, resident, process.resident().now() / 1024);
        }
    }

    private CompletableFuture<HttpResponse<String>> ask(int number) {
        return client.sendAsync(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/verifications"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(("{\"bankCard\":\"6226090210146748\","
                        + "\"name\":\"Wei Xiaobao %d\",\"idCard\":\"11204416541220243X\"}").formatted(number)))
                .build(), BodyHandlers.ofString());
    }

    private static void expectAnswer(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("a question was answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
