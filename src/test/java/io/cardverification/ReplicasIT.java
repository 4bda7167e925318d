package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cardverification.testing.EmbeddedDatabase;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;
import io.cardverification.testing.RestartableProcess;
import io.vertx.core.json.JsonObject;

/**
 * Three packaged gateways on one PostgreSQL database and one sandbox, whose limit is strict. They are killed, paused and
 * restarted under load, and callers repeat a key at another gateway when theirs is gone.
 */
class ReplicasIT {

    private static final String SCHEMA = "replicas_it";
    private static final int REPLICAS = 3;
    private static final int CALLERS = 24;
    private static final int LIMIT = 20;
    /** A process that is paused between its last check and its bytes sends one request late. */
    private static final int MAX_LATE = 3;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int sandboxPort = FreePorts.one();
    private final List<Integer> ports = new ArrayList<>();
    private final List<Integer> managementPorts = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    /** The charge that the last answer of each key told. */
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private volatile boolean isOver;

    @Test
    void replicas_share_one_limit_and_charge_no_key_twice() throws Exception {
        EmbeddedDatabase.run("drop schema if exists " + SCHEMA + " cascade");
        try (var sandbox = sandbox(); var one = gateway("one"); var two = gateway("two"); var three = gateway("three")) {
            sandbox.await(control("counters").toString(), "requests");
            awaitReplicas(0, REPLICAS);
            var threads = Executors.newFixedThreadPool(CALLERS);
            for (var caller = 0; caller < CALLERS; caller++) {
                var first = caller;
                threads.execute(() -> ask(first % REPLICAS));
            }
            awaitAsked(60);
            two.kill();
            awaitReplicas(0, REPLICAS - 1);
            two.start();
            awaitReplicas(0, REPLICAS);
            one.pause();
            awaitReplicas(1, REPLICAS - 1);
            one.resume();
            awaitReplicas(1, REPLICAS);
            three.restart();
            awaitAsked(asked.get() + 60);
            isOver = true;
            threads.shutdown();
            assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            awaitNoDepartingCalls();
            verify();
        }
    }

    private void verify() throws Exception {
        var requests = new JsonObject(get(control("requests"))).getJsonArray("requests").stream()
                .map(JsonObject.class::cast).toList();
        var nanos = requests.stream().map(request -> request.getLong("receivedNanos")).sorted().toList();
        var oldest = 0;
        var most = 0;
        for (var newest = 0; newest < nanos.size(); newest++) {
            while (nanos.get(newest) - nanos.get(oldest) >= SECOND_NANOS) {
                oldest++;
            }
            most = Math.max(most, newest - oldest + 1);
        }
        assertThat(requests.stream().filter(request -> request.getBoolean("rejected")).count()).isLessThanOrEqualTo(MAX_LATE);
        assertThat(most).isBetween(LIMIT / 2, LIMIT + MAX_LATE);
        var charged = requests.stream().filter(request -> request.getBoolean("charged", false))
                .collect(Collectors.groupingBy(request -> request.getString("fingerprint"), Collectors.counting()));
        assertThat(charged.values()).isNotEmpty().allMatch(count -> count == 1);
        assertThat(EmbeddedDatabase.count("select count(*) from " + SCHEMA
                + ".ledger where charge in ('charged', 'unknown') and shared = 0 and reused = 0"))
                .isGreaterThanOrEqualTo(charged.size());
        assertThat(EmbeddedDatabase.count("select count(*) from " + SCHEMA
                + ".ledger where charge = 'charged' and shared = 0 and reused = 0")).isLessThanOrEqualTo(charged.size());
        assertThat(told.values()).doesNotContain("none");
    }

    private void awaitNoDepartingCalls() {
        Awaitility.await("no call is departing").atMost(Duration.ofMinutes(1)).until(() -> EmbeddedDatabase
                .count("select count(*) from " + SCHEMA + ".call where ended_at is null") == 0);
    }

    /** Each question has its own card and its own key, and is asked until it has an answer. */
    private void ask(int first) {
        var replica = first;
        while (!isOver) {
            var number = asked.getAndIncrement();
            var key = "key " + number;
            var answer = tryAsk(replica, number, key);
            while (answer == null) {
                replica = (replica + 1) % REPLICAS;
                answer = tryAsk(replica, number, key);
            }
            told.put(key, answer);
        }
    }

    /** @return the charge; null if the question must be asked again */
    private String tryAsk(int replica, int number, String key) {
        try {
            var answer = PackagedGateway.ask(client, ports.get(replica), "6226%012d".formatted(number), "Idempotency-Key",
                    '"' + key + '"').get(20, TimeUnit.SECONDS);
            return answer.statusCode() == 503 || answer.statusCode() == 429 ? null
                    : String.valueOf(new JsonObject(answer.body()).getValue("charged", "none"));
        } catch (ExecutionException | TimeoutException cut) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAsked(int count) {
        Awaitility.await("questions were asked").atMost(Duration.ofMinutes(2)).until(() -> asked.get() >= count);
    }

    /** @param replica that tells */
    private void awaitReplicas(int replica, int count) {
        Awaitility.await("replicas share the limit").atMost(Duration.ofMinutes(1)).ignoreException(IOException.class)
                .until(() -> new JsonObject(get(manage(replica, "pacing"))).getJsonObject("lease", new JsonObject())
                        .getJsonArray("replicas").stream().filter(row -> !((JsonObject) row).getBoolean("leaving"))
                        .count() == count);
    }

    private String get(URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }

    private URI control(String path) {
        return URI.create("http://localhost:" + sandboxPort + "/_sandbox/" + path);
    }

    private URI manage(int replica, String path) {
        return URI.create("http://localhost:" + managementPorts.get(replica) + "/q/" + path);
    }

    private RestartableProcess sandbox() throws Exception {
        return new RestartableProcess(folder, "sandbox", control("counters"), List.of("-Dquarkus.profile=sandbox-only",
                "-Dgateway.sandbox.port=" + sandboxPort, "-Dgateway.sandbox.daily-limit=0"));
    }

    private RestartableProcess gateway(String name) throws Exception {
        ports.add(FreePorts.one());
        managementPorts.add(FreePorts.one());
        var replica = ports.size() - 1;
        return new RestartableProcess(folder, name, manage(replica, "health/ready"), List.of("-Dquarkus.profile=sandbox",
                "-Dquarkus.http.port=" + ports.get(replica), "-Dquarkus.management.port=" + managementPorts.get(replica),
                "-Dgateway.sandbox.enabled=false", "-Dgateway.upstream.endpoint=http://localhost:" + sandboxPort,
                "-Dgateway.store=postgresql", "-Dgateway.store.postgresql.port=" + EmbeddedDatabase.port(),
                "-Dgateway.store.postgresql.database=postgres", "-Dgateway.store.postgresql.user=" + EmbeddedDatabase.USER,
                "-Dgateway.store.postgresql.schema=" + SCHEMA, "-Dgateway.sharing.secret=" + "replicas".repeat(5),
                "-Dgateway.ledger.file=" + name + ".jsonl"));
    }
}
