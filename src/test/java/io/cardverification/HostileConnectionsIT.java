package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.cardverification.attack.Attack;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.KnownCallers;
import io.cardverification.testing.PackagedGateway;
import io.cardverification.testing.RawExchange;
import io.vertx.core.json.JsonObject;

/**
 * Strangers do with connections what they can, one way after another, to a gateway with a heap of 256 MB and 2,000 connections;
 * meanwhile a caller with a key asks. Compared with itself, in rounds: other work on the machine slows both.
 *
 * <p>
 * In the large: {@code -Dattack.scale=8}.
 */
class HostileConnectionsIT extends PackagedGateway {

    private static final int SCALE = Integer.getInteger("attack.scale", 1);
    private static final int ROUNDS = 5;
    private static final int QUESTIONS = 20;
    /** Of these each on a connection of its own, as of a caller that has just come. */
    private static final int NEW_CONNECTION = 5;
    private static final Map<Attack, List<String>> REASONS = Map.of(
            Attack.UNREAD_STREAMS, List.of("unread-response", "buffers-full"),
            Attack.UNFINISHED_REQUESTS, List.of("buffers-full"),
            Attack.UNREAD_PIPELINE, List.of("unread-response"),
            Attack.IDLE_CONNECTIONS, List.of("connection-limit"));

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePorts.one();
    private final int sandboxPort = FreePorts.one();
    private int answered;

    @Test
    void callers_are_served_during_each_attack() throws Exception {
        var process = start("-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-Dquarkus.profile=sandbox",
                "-Dquarkus.http.port=" + port, "-Dgateway.sandbox.port=" + sandboxPort, "-Dgateway.callers.anonymous=false",
                "-Dquarkus.http.limits.max-connections=2000", "-Dgateway.http.write-timeout=2s",
                "-Dgateway.pacing.limit=1000", "-Dquarkus.rest-client.tencentcloud.connection-pool-size=20000",
                "-Dgateway.sandbox.limit=100000", "-Dgateway.sandbox.daily-limit=0", "-Dgateway.sandbox.latency=20ms");
        try {
            awaitReady(client, process);
            slowest(10 * QUESTIONS); // the compiler is busy at first
            for (var attack : Attack.values()) {
                var without = p99();
                var goesOn = new AtomicBoolean(true);
                var stranger = CompletableFuture
                        .supplyAsync(() -> attack.run(port, attack.connections() * SCALE, goesOn::get));
                var under = p99();
                assertThat(status(managementPort, "/q/health/ready")).as("ready under %s", attack).isEqualTo(200);
                goesOn.set(false);
                var opened = stranger.get(120, TimeUnit.SECONDS);
                System.out.printf(Locale.ROOT, "%s: %d connections, p99 %.1f ms without and %.1f ms under it, closed %s%n",
                        attack, opened, without / 1e6, under / 1e6, closed());
                assertThat(process.isAlive()).as("lives after %s", attack).isTrue();
                assertThat(under).as("p99 under %s", attack).isLessThanOrEqualTo(5 * without);
                assertThat(closed()).as(attack.name()).anySatisfy(line -> assertThat(REASONS.get(attack))
                        .anyMatch(reason -> line.startsWith("{reason=\"" + reason + "\"")));
            }
            assertThat(charged()).as("paid, and answered").isEqualTo(answered);
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    /** @return the median of what is the slowest of each round, in nanoseconds */
    private long p99() throws Exception {
        var slowest = new long[ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            slowest[round] = slowest(QUESTIONS);
        }
        Arrays.sort(slowest);
        return slowest[ROUNDS / 2];
    }

    private long slowest(int questions) throws Exception {
        var slowest = 0L;
        var connection = new RawExchange(port);
        for (var i = 0; i < questions; i++) {
            var begun = System.nanoTime();
            if (i % NEW_CONNECTION == 0) {
                connection.close();
                connection = new RawExchange(port);
            }
            var answer = connection.send(question());
            slowest = Math.max(slowest, System.nanoTime() - begun);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"charged\":true", "\"shared\":false", "\"reused\":false");
        }
        connection.close();
        return slowest;
    }

    private byte[] question() {
        var body = String.format(Locale.ROOT,
                "{\"bankCard\":\"62260902%08d\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}",
                answered++);
        return ("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + KnownCallers.EXAMPLE + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String get(int at, String path) throws Exception {
        return client
                .send(HttpRequest.newBuilder(URI.create("http://localhost:" + at + path)).header("Accept", "text/plain,*/*")
                        .timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString())
                .body();
    }

    private int status(int at, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + at + path)).timeout(Duration.ofSeconds(30))
                .build(), BodyHandlers.discarding()).statusCode();
    }

    private int charged() throws Exception {
        return new JsonObject(get(sandboxPort, "/_sandbox/counters")).getInteger("charged");
    }

    /** The reasons for which connections were closed, and how many. */
    private List<String> closed() throws Exception {
        var name = "gateway_connections_closed_total";
        var lines = new ArrayList<String>();
        get(managementPort, "/q/metrics").lines().filter(line -> line.startsWith(name) && !line.endsWith(" 0.0"))
                .forEach(line -> lines.add(line.substring(name.length())));
        return lines;
    }
}
