package io.cardverification.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.KillableDatabase;
import io.cardverification.testing.RestartableProcess;
import io.vertx.core.json.JsonObject;

/**
 * Three packaged gateways, their PostgreSQL server and one sandbox, whose limit is strict. All are processes that the test
 * kills, pauses and restarts, one at a time. Threads: one, except for {@link #port}.
 */
final class ReplicaFleet implements AutoCloseable {

    static final int REPLICAS = 3;

    private final Path folder;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int sandboxPort = FreePorts.one();
    private final List<Integer> ports = IntStream.range(0, 2 * REPLICAS).mapToObj(each -> FreePorts.one()).toList();
    private final KillableDatabase database;
    private final RestartableProcess sandbox;
    private final List<RestartableProcess> gateways = new ArrayList<>();
    private final List<Instant> kills = new ArrayList<>();

    /** @param folder for logs, ledgers and the files of the database */
    ReplicaFleet(Path folder, long seed) throws Exception {
        this.folder = folder;
        this.database = new KillableDatabase(folder.resolve("database"));
        this.sandbox = sandbox(seed);
        for (var replica = 0; replica < REPLICAS; replica++) {
            gateways.add(gateway(replica));
        }
        awaitReplicas(0, REPLICAS);
    }

    int port(int replica) {
        return ports.get(replica);
    }

    /** Of gateways, so that a row or a line of the time before is lost. */
    List<Instant> kills() {
        return kills;
    }

    /** Returns when another one owns its permits. */
    void kill(int replica) throws Exception {
        kills.add(Clock.systemUTC().instant());
        gateways.get(replica).kill();
    }

    void start(int replica) throws Exception {
        gateways.get(replica).start();
        awaitReplicas(replica, REPLICAS);
    }

    void restart(int replica) throws Exception {
        gateways.get(replica).restart();
        awaitReplicas(replica, REPLICAS);
    }

    /** @param nanos until it goes on, whether or not another one owns its permits then */
    void pause(int replica, long nanos) throws Exception {
        gateways.get(replica).pause();
        LockSupport.parkNanos(nanos);
        gateways.get(replica).resume();
    }

    void pauseUntilRetired(int replica) throws Exception {
        gateways.get(replica).pause();
        awaitReplicas((replica + 1) % REPLICAS, REPLICAS - 1);
        gateways.get(replica).resume();
        awaitReplicas(replica, REPLICAS);
    }

    void pauseDatabaseUntilNoLease() throws Exception {
        database.pause();
        awaitEach("no lease", lease -> lease.getLong("leaseRemainingMillis") == 0);
        database.resume();
        awaitLeases();
    }

    void pauseDatabase(long nanos) throws Exception {
        database.pause();
        LockSupport.parkNanos(nanos);
        database.resume();
    }

    void killDatabase() throws Exception {
        database.kill();
        database.start();
        awaitLeases();
    }

    void awaitLeases() {
        awaitEach("a lease", lease -> lease.getLong("leaseRemainingMillis") > 0 && live(lease) == REPLICAS);
    }

    private void awaitEach(String what, Predicate<JsonObject> condition) {
        for (var replica = 0; replica < REPLICAS; replica++) {
            await(what, replica, condition);
        }
    }

    /** @param replica that tells */
    void awaitReplicas(int replica, int count) {
        await(count + " replicas share the limit", replica, lease -> live(lease) == count);
    }

    private void await(String what, int replica, Predicate<JsonObject> condition) {
        Awaitility.await(what).atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(100))
                .ignoreException(IOException.class)
                .until(() -> condition.test(new JsonObject(get(manage(replica, "pacing"))).getJsonObject("lease",
                        new JsonObject().put("leaseRemainingMillis", 0))));
    }

    private static long live(JsonObject lease) {
        return lease.getJsonArray("replicas").stream().filter(row -> !((JsonObject) row).getBoolean("leaving")).count();
    }

    private String get(URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }

    /** Also after the end of all processes but the database. */
    List<JsonObject> rows(String table) throws SQLException {
        return database.rows("select * from gateway." + table);
    }

    /** The number of the last beat that the store has applied, by the id of the gateway. */
    Map<Long, Long> beats() throws SQLException {
        return new JsonObject(rows("permit_lease").get(0).getString("state")).getJsonArray("replicas").stream()
                .map(JsonObject.class::cast).collect(Collectors.toMap(row -> row.getLong("id"), row -> row.getLong("seq")));
    }

    /** Stops the gateways, so that each has written its last line, and then the sandbox. */
    void stop() throws Exception {
        Awaitility.await("no call is departing").atMost(Duration.ofMinutes(1))
                .until(() -> rows("call where ended_at is null").isEmpty());
        for (var gateway : gateways) {
            gateway.stop();
        }
        sandbox.stop();
    }

    List<JsonObject> lines() throws IOException {
        var all = new ArrayList<JsonObject>();
        for (var replica = 0; replica < REPLICAS; replica++) {
            all.addAll(lines(name(replica) + ".jsonl"));
        }
        return all;
    }

    /** The sandbox's ledger, so far. */
    List<JsonObject> requests() throws IOException {
        return lines("sandbox-ledger.jsonl");
    }

    /** A killed process may leave a part of its last line, and the next one begins an own line. */
    private List<JsonObject> lines(String file) throws IOException {
        try (var lines = Files.lines(folder.resolve(file))) {
            return lines.filter(line -> line.endsWith("}")).map(JsonObject::new).toList();
        }
    }

    /** @param rules as {@code gateway.sandbox.faults} */
    void injectFaults(List<String> rules) throws Exception {
        sandbox.send("PATCH", control("settings"), new JsonObject().put("faults", rules).encode());
    }

    private URI control(String path) {
        return URI.create("http://localhost:" + sandboxPort + "/_sandbox/" + path);
    }

    private URI manage(int replica, String path) {
        return URI.create("http://localhost:" + ports.get(REPLICAS + replica) + "/q/" + path);
    }

    private static String name(int replica) {
        return "gateway-" + replica;
    }

    private RestartableProcess sandbox(long seed) throws Exception {
        var properties = new ArrayList<>(List.of("-Dquarkus.profile=sandbox-only", "-Dgateway.sandbox.port=" + sandboxPort,
                "-Dgateway.sandbox.daily-limit=0", "-Dgateway.sandbox.seed=" + seed, "-Dgateway.sandbox.latency=200ms",
                "-Dgateway.sandbox.latency-p99=500ms", "-Dquarkus.log.category.\"sandbox.ledger\".level=DEBUG"));
        properties.addAll(Chaos.ledger());
        return new RestartableProcess(folder, "sandbox", control("counters"), properties);
    }

    private RestartableProcess gateway(int replica) throws Exception {
        return new RestartableProcess(folder, name(replica), manage(replica, "health/ready"),
                List.of("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port(replica),
                        "-Dquarkus.management.port=" + ports.get(REPLICAS + replica), "-Dgateway.sandbox.enabled=false",
                        "-Dgateway.upstream.endpoint=http://localhost:" + sandboxPort, "-Dgateway.store=postgresql",
                        "-Dgateway.store.postgresql.port=" + database.port(),
                        "-Dgateway.store.postgresql.database=postgres",
                        "-Dgateway.store.postgresql.user=" + KillableDatabase.USER,
                        "-Dgateway.store.postgresql.schema=gateway", "-Dgateway.sharing.secret=" + Chaos.SECRET,
                        "-Dgateway.ledger.file=" + name(replica) + ".jsonl"));
    }

    @Override
    public void close() throws IOException {
        gateways.forEach(RestartableProcess::close);
        sandbox.close();
        database.close();
    }
}
