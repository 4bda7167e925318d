package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.AdjustableClock;
import io.cardverification.testing.KnownCallers;
import io.cardverification.testing.LedgerLines;
import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.SamplePerson;
import io.cardverification.testing.SharedProcessors;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;

/** Keys, dropped connections, answers that serve again, and the ledger's lines of them, judged by what the sandbox charged. */
@QuarkusTest
@TestProfile(SharedProcessors.class)
class PaidOnceTest {

    @Inject
    Ledger ledger;

    @TestHTTPResource("/")
    java.net.URI gateway;

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private LedgerLines audit;

    @BeforeEach
    void listen() throws IOException {
        audit = new LedgerLines();
        thinkFor(0);
    }

    @AfterEach
    void restoreClock() {
        AdjustableClock.AHEAD_SECONDS.set(0);
    }

    private void thinkFor(int micros) {
        given().port(sandboxPort).contentType(ContentType.JSON).body("{\"latencyMicros\":" + micros + "}")
                .patch("/_sandbox/settings").then().statusCode(200);
    }

    private int charged() {
        return given().port(sandboxPort).get("/_sandbox/counters").jsonPath().getInt("charged");
    }

    private static String question(String card) {
        return SamplePerson.json(card);
    }

    private static ValidatableResponse ask(String card, String... headers) {
        var request = given().contentType(ContentType.JSON).body(question(card));
        for (var i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
        }
        return request.post("/v1/verifications").then();
    }

    @Test
    void same_key_returns_the_same_answer_for_one_request_only() throws Exception {
        var before = charged();
        var first = ask("6222000000000007", "Idempotency-Key", "\"one\"").statusCode(200).body("reused", is(false), "$",
                not(hasKey("ageSeconds"))).extract().jsonPath();
        var again = ask("6222000000000007", "Idempotency-Key", "one").statusCode(200).body("reused", is(true), "ageSeconds",
                lessThan(3_600), "charged", is(true)).header("Age", matchesPattern("\\d+")).extract().jsonPath();
        assertThat(again.getString("requestId")).isEqualTo(first.getString("requestId"));
        ask("6222000000000008", "Idempotency-Key", "one").statusCode(422).body("type",
                is("urn:problem:card-verification:idempotency-key-reused"), "charged", is(false));
        ask("6222000000000008", "Idempotency-Key", "not one").statusCode(400).body("type",
                is("urn:problem:card-verification:idempotency-key-invalid"));
        ask("6222000000000008", "Idempotency-Key", "").statusCode(400).body("type",
                is("urn:problem:card-verification:idempotency-key-invalid"));
        assertThat(charged() - before).isEqualTo(1);
        assertThat(audit.next(3)).extracting(line -> line.getString("charge"), line -> line.getBoolean("reused"))
                .hasToString("[(\"charged\", false), (\"charged\", true), (\"not-sent\", false)]");
    }

    @Test
    void answer_is_reused_until_no_cache() throws Exception {
        var before = charged();
        ask("6222000000000001").statusCode(200).body("outcome", is("mismatch"), "reused", is(false));
        ask("6222000000000001").statusCode(200).body("outcome", is("mismatch"), "reused", is(true));
        ask("6222000000000001", "Cache-Control", "max-age=0, no-cache").statusCode(200).body("reused", is(false));
        assertThat(charged() - before).isEqualTo(2);
        assertThat(audit.next(3)).extracting(line -> line.getBoolean("reused")).containsExactly(false, true, false);
    }

    @Test
    void unknown_charge_is_repeated_for_the_same_key() throws Exception {
        var before = charged();
        ask("6222800000000001", "Idempotency-Key", "unknown").statusCode(504).body("charged", is("unknown"), "reused",
                is(false));
        ask("6222800000000001", "Idempotency-Key", "unknown").statusCode(504).body("charged", is("unknown"), "reused",
                is(true));
        assertThat(charged() - before).isEqualTo(1);
        assertThat(audit.next(2)).extracting(line -> line.getString("charge")).containsExactly("unknown", "unknown");
    }

    @Test
    void clock_step_expires_no_key() {
        var before = charged();
        ask("6222000000000007", "Idempotency-Key", "\"stepped\"").statusCode(200).body("reused", is(false));
        AdjustableClock.AHEAD_SECONDS.set(TimeUnit.HOURS.toSeconds(2));
        ask("6222000000000007", "Idempotency-Key", "\"stepped\"").statusCode(200).body("reused", is(true), "ageSeconds",
                lessThan(3_600));
        assertThat(charged() - before).isEqualTo(1);
    }

    @Test
    void one_caller_cannot_fill_the_key_store() throws Exception {
        var before = charged();
        var keys = IntStream.range(0, 12_000).boxed().toList();
        var byStatus = new TreeMap<Integer, Integer>();
        for (var from = 0; from < keys.size(); from += 100) { // so many at a time
            for (var answer : keys.subList(from, from + 100).stream().map(this::askAsExample).toList()) {
                var each = answer.get(60, TimeUnit.SECONDS);
                byStatus.merge(each.statusCode(), 1, Integer::sum);
                if (each.statusCode() == 503) {
                    assertThat(each.body()).contains("idempotency-store-full");
                    assertThat(each.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(3_000L, 3_600L);
                }
            }
        }
        assertThat(byStatus).containsOnlyKeys(200, 503).hasEntrySatisfying(200,
                count -> assertThat(count).isBetween(8_900, 9_000)); // less a few, of other tests
        assertThat(charged() - before).isEqualTo(3);
        ask("6222000000000007", "Idempotency-Key", "\"another-caller\"").statusCode(200);
        audit.next(12_001);
    }

    private CompletableFuture<HttpResponse<String>> askAsExample(int number) {
        return client.sendAsync(HttpRequest.newBuilder(gateway.resolve("/v1/verifications"))
                .header("Content-Type", "application/json").header("Authorization", "Bearer " + KnownCallers.EXAMPLE)
                .header("Idempotency-Key", "\"" + number + "\"")
                .POST(BodyPublishers.ofString(question("6222000000000001").replace("Wei", "Wei" + number % 3))).build(),
                BodyHandlers.ofString());
    }

    private void dropWhileItIsThinking(String card, String key) throws Exception {
        var before = charged();
        try (var socket = new Socket(gateway.getHost(), gateway.getPort())) {
            var body = question(card);
            socket.getOutputStream().write(("POST /v1/verifications HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Idempotency-Key: \"" + key + "\"\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8));
            await().until(() -> charged() > before);
        }
    }

    @Test
    void retry_after_a_dropped_connection_is_charged_once() throws Exception {
        var before = charged();
        thinkFor(1_000_000);
        dropWhileItIsThinking("6222000000000009", "dropped");
        thinkFor(0);
        ask("6222000000000009", "Idempotency-Key", "dropped").statusCode(200).body("result", is("-9"), "charged", is(true));
        assertThat(charged() - before).isEqualTo(1);
        assertThat(audit.next(2)).extracting(line -> line.getBoolean("callerDisconnected")).containsExactlyInAnyOrder(true,
                false);
    }

    @Test
    void ledger_has_the_charge_of_a_disconnected_caller() throws Exception {
        thinkFor(1_000_000);
        dropWhileItIsThinking("6222000000000010", "left");
        var line = audit.next(1).get(0);
        assertThat(line.getBoolean("callerDisconnected")).isTrue();
        assertThat(line.getString("charge")).isEqualTo("charged");
        assertThat(line.getBoolean("shared")).isFalse();
        assertThat(given().port(sandboxPort).get("/_sandbox/requests").jsonPath().getList("requests.requestId"))
                .contains(line.getString("requestId"));
    }

    @Test
    void ledger_names_the_initiator_of_a_shared_charge() throws Exception {
        ledger.record(new Ledger.Entry("two", "fingerprint", null, VerificationFailure.of(Reason.UPSTREAM_TIMEOUT)
                .with(ResponseMetadata.NONE.withInitiator("one")), false));
        assertThat(audit.next(1).get(0).getMap()).containsEntry("caller", "two").containsEntry("initiator", "one")
                .containsEntry("charge", "unknown");
    }

    @Test
    void ledger_line_has_the_charge_and_no_personal_data() throws Exception {
        ask("6222000000000013").statusCode(200);
        ask("6222900000000018").statusCode(422);
        var lines = audit.next(2);
        var result = lines.get(0);
        assertThat(result.fieldNames()).containsExactly("time", "caller", "fingerprint", "lastFour", "result", "requestId",
                "charge", "attempts", "waitedMillis", "shared", "reused", "callerDisconnected");
        assertThat(result.getString("result")).isEqualTo("-13");
        assertThat(result.getString("lastFour")).isEqualTo("0013");
        assertThat(result.getString("fingerprint")).matches("[0-9a-f]{32}");
        assertThat(result.getInteger("attempts")).isEqualTo(1);
        var refusal = lines.get(1);
        assertThat(refusal.getString("error")).isEqualTo("input-refused");
        assertThat(refusal.getString("upstreamCode")).isEqualTo("InvalidParameter");
        assertThat(refusal.getString("charge")).isEqualTo("free");
        assertThat(lines).extracting(JsonObject::encode).noneMatch(line -> line.contains("Wei")
                || line.contains("6222000000") || line.contains("6222900000") || line.contains("1120441654"));
        assertThat(ManagementClient.get("/q/metrics").asString())
                .contains("gateway_verifications_total{charge=\"charged\",delivery=\"own\",outcome=\"card-unusable\"}")
                .contains("gateway_verifications_total{charge=\"free\",delivery=\"own\",outcome=\"input-refused\"}");
    }
}
