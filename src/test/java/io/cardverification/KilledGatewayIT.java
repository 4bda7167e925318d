package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.KnownCallers;
import io.cardverification.testing.PackagedGateway;
import io.cardverification.testing.RestartableProcess;
import io.cardverification.testing.StoreRows;
import io.vertx.core.json.JsonObject;

/**
 * The packaged gateway with a file store, killed by {@code kill -9} at each step of a request and started again. The sandbox is
 * another process, which counts the charges.
 */
class KilledGatewayIT extends PackagedGateway {

    private static final String CARD = "6222000000000000";
    private static final String OTHER_CARD = "6222000000000001";
    private static final int SANDBOX_PORT = FreePorts.one();

    @TempDir
    static Path sandboxFolder;
    private static RestartableProcess sandbox;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePorts.one();
    private RestartableProcess gateway;
    private StoreRows store;
    private int chargedBefore;

    @BeforeAll
    static void startTheSandbox() throws Exception {
        sandbox = new RestartableProcess(sandboxFolder, "sandbox", control("counters"), List.of(
                "-Dquarkus.profile=sandbox-only", "-Dgateway.sandbox.port=" + SANDBOX_PORT,
                "-Dgateway.sandbox.limit=10000", "-Dgateway.sandbox.daily-limit=0"));
    }

    @AfterAll
    static void stopTheSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void countEarlierCharges() throws Exception {
        chargedBefore = charged();
        store = new StoreRows(folder.resolve("data/gateway.db"));
    }

    @AfterEach
    void stopTheGateway() throws Exception {
        sandbox.resume();
        if (gateway != null) {
            gateway.close();
        }
    }

    private static URI control(String path) {
        return URI.create("http://localhost:" + SANDBOX_PORT + "/_sandbox/" + path);
    }

    /** Of all tests together. */
    private int charged() throws Exception {
        return new JsonObject(client.send(HttpRequest.newBuilder(control("counters")).build(), BodyHandlers.ofString())
                .body()).getInteger("charged");
    }

    private int chargedNow() throws Exception {
        return charged() - chargedBefore;
    }

    /** With timeouts that no test awaits. */
    private void startGateway(String... more) throws Exception {
        var properties = new ArrayList<>(List.of("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + managementPort, "-Dgateway.sandbox.enabled=false",
                "-Dgateway.upstream.endpoint=http://localhost:" + SANDBOX_PORT, "-Dgateway.store=file",
                "-Dgateway.ledger.file=ledger.jsonl", "-Dquarkus.rest-client.tencentcloud.connect-timeout=60000",
                "-Dquarkus.rest-client.tencentcloud.read-timeout=60000", "-Dgateway.upstream.answer-timeout=130s",
                "-Dquarkus.shutdown.timeout=140s", "-Dquarkus.http.idle-timeout=4h",
                "-Dquarkus.rest-client.tencentcloud.connection-pool-size=5000"));
        properties.addAll(List.of(more));
        gateway = new RestartableProcess(folder, "gateway", URI.create(manage("health/ready")), properties);
    }

    private String manage(String path) {
        return "http://localhost:" + managementPort + "/q/" + path;
    }

    /** @param cut a request in progress, which gets no response */
    private void kill(CompletableFuture<HttpResponse<String>> cut) throws Exception {
        gateway.kill();
        assertThat(cut).failsWithin(Duration.ofMinutes(1));
    }

    private CompletableFuture<HttpResponse<String>> send(String card, String key) {
        return ask(client, port, card, "Idempotency-Key", '"' + key + '"', "Authorization", "Bearer " + KnownCallers.EXAMPLE);
    }

    private HttpResponse<String> answer(String card, String key) throws Exception {
        return send(card, key).get(60, TimeUnit.SECONDS);
    }

    private static JsonObject body(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    private static void await(String situation, Callable<Boolean> isReached) {
        Awaitility.await(situation).atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(isReached);
    }

    private void awaitCharges(int count) {
        await("the sandbox has charged", () -> chargedNow() == count);
    }

    private void awaitDepartures(int count, String end) {
        await("the store has calls with an end that is " + end,
                () -> store.rows("select number from call where ended_at is " + end).size() == count);
    }

    private static void answerNothingNext() throws Exception {
        sandbox.send("PATCH", control("settings"), "{\"faults\":[\"1x never-answer\"]}");
    }

    private void assertInterrupted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(body(answer).getString("type")).isEqualTo("urn:problem:card-verification:interrupted");
        assertThat(body(answer).getString("charged")).isEqualTo("unknown");
    }

    /** Stops the gateway and reads the charges of its ledger, without those of repeated keys. */
    private List<String> recordedCharges() throws Exception {
        gateway.stop();
        assertThat(store.rows("select number from call where ended_at is null")).isEmpty();
        assertThat(store.rows("select id from process")).isEmpty();
        return store.ledger().stream().filter(row -> !row.getBoolean("reused")).map(row -> row.getString("charge")).toList();
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("gateway.log"));
    }

    @Test
    void departure_that_is_not_committed_is_sent_after_a_restart() throws Exception {
        startGateway();
        var lock = store.lock();
        var cut = send(CARD, "a");
        gateway.await(manage("metrics"), "gateway_store_pending 1.0");
        kill(cut);
        lock.close();
        assertThat(chargedNow()).isZero();

        gateway.start();
        assertThat(body(answer(CARD, "a")).getValue("charged")).isEqualTo(true);
        assertThat(chargedNow()).isEqualTo(1);
        assertThat(recordedCharges()).containsExactly("charged");
        assertThat(log()).doesNotContain("A gateway ended before the response");
    }

    /** The server accepts no connection, so the handshake never ends. */
    @Test
    void committed_departure_without_a_byte_sent_is_unknown() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            startGateway("-Dgateway.upstream.endpoint=https://localhost:" + silent.getLocalPort());
            var cut = send(CARD, "a");
            awaitDepartures(1, "null");
            kill(cut);
        }
        startGateway();
        assertInterrupted(answer(CARD, "a"));
        assertThat(chargedNow()).isZero();
        assertThat(recordedCharges()).containsExactly("unknown");
    }

    @Test
    void sent_request_without_a_response_is_never_sent_again() throws Exception {
        startGateway();
        answerNothingNext();
        var cut = send(CARD, "a");
        awaitCharges(1);
        kill(cut);
        gateway.start();
        assertInterrupted(answer(CARD, "a"));
        gateway.kill();
        gateway.start();
        assertInterrupted(answer(CARD, "a"));
        assertThat(answer(OTHER_CARD, "a").statusCode()).as("other values").isEqualTo(422);
        assertThat(chargedNow()).isEqualTo(1);

        assertThat(recordedCharges()).containsExactly("unknown", "not-sent");
        assertThat(store.ledger().get(0).getString("error")).isEqualTo("interrupted");
        assertThat(store.rows("select charges from spend")).extracting(row -> row.getInteger("charges")).containsExactly(1);
        assertThat(Files.readAllLines(folder.resolve("ledger.jsonl"))).first().asString()
                .contains("\"error\":\"interrupted\"", "\"charge\":\"unknown\"");
        assertThat(log()).containsOnlyOnce("A gateway ended before the response to a request of caller example")
                .doesNotContain(CARD);
    }

    @Test
    void response_whose_record_is_not_written_becomes_unknown() throws Exception {
        startGateway();
        sandbox.pause();
        var answer = send(CARD, "a");
        awaitDepartures(1, "null");
        var lock = store.lock();
        sandbox.resume();
        assertThat(body(answer.get(60, TimeUnit.SECONDS)).getValue("charged")).isEqualTo(true);
        gateway.kill();
        lock.close();

        gateway.start();
        assertInterrupted(answer(CARD, "a"));
        assertThat(chargedNow()).isEqualTo(1);
        assertThat(recordedCharges()).containsExactly("unknown");
    }

    @Test
    void recorded_response_is_replayed_after_a_restart() throws Exception {
        startGateway();
        var first = body(answer(CARD, "a"));
        awaitDepartures(1, "not null");
        gateway.kill();
        gateway.start();
        var second = body(answer(CARD, "a"));
        assertThat(second.getString("requestId")).isEqualTo(first.getString("requestId"));
        assertThat(second.getBoolean("reused")).isTrue();
        assertThat(chargedNow()).isEqualTo(1);
        assertThat(recordedCharges()).containsExactly("charged");
        assertThat(log()).doesNotContain("A gateway ended before the response");
    }

    @Test
    void waiting_request_is_sent_after_a_restart() throws Exception {
        startGateway("-Dgateway.pacing.limit=1", "-Dgateway.pacing.window=1h", "-Dgateway.pacing.max-wait=2h");
        assertThat(answer(CARD, "a").statusCode()).isEqualTo(200);
        var cut = send(OTHER_CARD, "b");
        gateway.await(manage("pacing"), "\"interactive\":1");
        kill(cut);
        gateway.start();
        assertThat(body(answer(OTHER_CARD, "b")).getValue("charged")).isEqualTo(true);
        assertThat(chargedNow()).isEqualTo(2);
        assertThat(recordedCharges()).containsExactly("charged", "charged");
    }

    @Test
    void interrupted_key_is_sent_again_if_configured() throws Exception {
        startGateway("-Dgateway.upstream.retry-unknown=true");
        answerNothingNext();
        var cut = send(CARD, "a");
        awaitCharges(1);
        kill(cut);
        gateway.start();
        assertThat(body(answer(CARD, "a")).getValue("charged")).isEqualTo(true);
        assertThat(chargedNow()).isEqualTo(2);
        assertThat(recordedCharges()).containsExactly("unknown", "charged");
        assertThat(store.rows("select charges from spend")).extracting(row -> row.getInteger("charges")).containsExactly(2);
    }

    @Test
    void daily_limit_includes_interrupted_requests() throws Exception {
        startGateway("-Dgateway.callers.named.example.charges-per-day=2");
        assertThat(answer(CARD, "a").statusCode()).isEqualTo(200);
        awaitDepartures(1, "not null");
        answerNothingNext();
        var cut = send(OTHER_CARD, "b");
        awaitCharges(2);
        kill(cut);
        gateway.start();
        var rejected = answer("6222000000000002", "c");
        assertThat(rejected.statusCode()).isEqualTo(429);
        assertThat(rejected.body()).contains("daily-limit-exceeded", "\"charged\":false");
        assertInterrupted(answer(OTHER_CARD, "b"));
        assertThat(answer(CARD, "a").statusCode()).isEqualTo(200);
        assertThat(chargedNow()).isEqualTo(2);
        assertThat(recordedCharges()).containsExactly("charged", "unknown", "not-sent");
    }
}
