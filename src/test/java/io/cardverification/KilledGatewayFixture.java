package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.KnownCallers;
import io.cardverification.testing.PackagedGateway;
import io.cardverification.testing.RestartableProcess;
import io.cardverification.testing.StoreRows;
import io.vertx.core.json.JsonObject;

/** The packaged gateway with a file store, which can be killed, and a sandbox in another process, which counts the charges. */
abstract class KilledGatewayFixture extends PackagedGateway {

    private static final int SANDBOX_PORT = FreePorts.one();

    @TempDir
    static Path sandboxFolder;
    static RestartableProcess sandbox;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePorts.one();
    RestartableProcess gateway;
    StoreRows store;
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

    int chargedNow() throws Exception {
        return charged() - chargedBefore;
    }

    /** With timeouts that no test awaits. */
    void startGateway(String... more) throws Exception {
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

    String manage(String path) {
        return "http://localhost:" + managementPort + "/q/" + path;
    }

    /** @param cut a request in progress, which gets no response */
    void kill(CompletableFuture<HttpResponse<String>> cut) throws Exception {
        gateway.kill();
        assertThat(cut).failsWithin(Duration.ofMinutes(1));
    }

    CompletableFuture<HttpResponse<String>> send(String card, String key) {
        return ask(client, port, card, "Idempotency-Key", '"' + key + '"', "Authorization", "Bearer " + KnownCallers.EXAMPLE);
    }

    HttpResponse<String> answer(String card, String key) throws Exception {
        return send(card, key).get(60, TimeUnit.SECONDS);
    }

    static JsonObject body(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    private static void await(String situation, Callable<Boolean> isReached) {
        Awaitility.await(situation).atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(isReached);
    }

    void awaitCharges(int count) {
        await("the sandbox has charged", () -> chargedNow() == count);
    }

    void awaitDepartures(int count, String end) {
        await("the store has calls with an end that is " + end,
                () -> store.rows("select number from call where ended_at is " + end).size() == count);
    }

    static void answerNothingNext() throws Exception {
        sandbox.send("PATCH", control("settings"), "{\"faults\":[\"1x never-answer\"]}");
    }

    void assertInterrupted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(body(answer).getString("type")).isEqualTo("urn:problem:card-verification:interrupted");
        assertThat(body(answer).getString("charged")).isEqualTo("unknown");
    }

    /** Stops the gateway and reads the charges of its ledger, without those of repeated keys. */
    List<String> recordedCharges() throws Exception {
        gateway.stop();
        assertThat(store.rows("select number from call where ended_at is null")).isEmpty();
        assertThat(store.rows("select id from process where retired_at is null")).isEmpty();
        return store.ledger().stream().filter(row -> !row.getBoolean("reused")).map(row -> row.getString("charge")).toList();
    }

    String log() throws Exception {
        return Files.readString(folder.resolve("gateway.log"));
    }
}
