package io.cardverification.sandbox;

import static io.restassured.RestAssured.given;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManyRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;

/** Rules of the sandbox that change at run time, and its records. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class SandboxRulesTest extends SandboxFixture {

    @Test
    void arrivals_are_listed_in_order() {
        var first = ask(GOOD).extract().<String> path("Response.RequestId");
        var second = ask(GOOD).extract().<String> path("Response.RequestId");
        var arrivals = given().port(port).get("/_sandbox/requests").then().statusCode(200).extract().jsonPath();
        assertThat(arrivals.getList("requests.requestId", String.class)).endsWith(first, second);
        assertThat(arrivals.getList("requests.rejected", Boolean.class)).endsWith(false, false);
        assertThat(arrivals.getList("requests.receivedNanos", Long.class)).isSorted();
        assertThat(arrivals.getList("requests.fingerprint", String.class)).endsWith(RequestFingerprintsTest.GOOD,
                RequestFingerprintsTest.GOOD);
    }

    @Test
    void rate_limited_request_has_the_same_fingerprint() {
        try {
            rules("{\"limit\":1}");
            ask(GOOD);
            ask(GOOD).body("Response.Error.Code", is("RequestLimitExceeded"));
            assertThat(lastArrival()).containsEntry("rejected", true).containsEntry("fingerprint",
                    RequestFingerprintsTest.GOOD);
        } finally {
            rules("{\"limit\":1000}");
        }
    }

    @Test
    void request_is_in_the_ledger_before_its_response() throws IOException {
        var requestId = ask(GOOD).extract().<String> path("Response.RequestId");
        assertThat(Files.readString(ManyRequests.SANDBOX_LEDGER).lines()).last()
                .satisfies(line -> assertThat(new JsonObject(line).getMap())
                        .isEqualTo(lastArrival()).containsEntry("requestId", requestId).containsEntry("charged", true));
    }

    @ParameterizedTest
    @ValueSource(longs = { 600, -600, 86_400, -86_400 })
    void clock_offset_affects_signatures_and_date_only(long seconds) {
        try {
            rules("{\"clockOffsetMicros\":" + seconds * 1_000_000 + "}");
            refused(GOOD, "AuthFailure.SignatureExpire", "The signature is expired, please request again.");
            var told = RFC_1123_DATE_TIME.parse(ask(GOOD).extract().header("Date"), Instant::from);
            assertThat(told).isCloseTo(Instant.now().plusSeconds(seconds), within(30, ChronoUnit.SECONDS));
            signedAt = signedAt.plusSeconds(seconds);
            ask(GOOD).body("Response.Result", is("0"));
            assertThat(Instant.parse(String.valueOf(lastArrival().get("receivedAt"))))
                    .isCloseTo(Instant.now(), within(30, ChronoUnit.SECONDS));
        } finally {
            rules("{\"clockOffsetMicros\":0}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"limit\":0}", "{\"limit\":\"15\"}", "{\"limit\":1.5}", "{\"delayMicros\":-1}", "{\"other\":1}",
            "[]", "", "{", "{\"jitterMicros\":99999999999}", "{\"clockOffsetMicros\":86400000001}",
            "{\"clockOffsetMicros\":0.5}" })
    void invalid_rules_change_nothing(String rules) {
        var before = given().port(port).get("/_sandbox/settings").asString();
        given().port(port).body(rules).patch("/_sandbox/settings").then().statusCode(400);
        assertThat(given().port(port).get("/_sandbox/settings").asString()).isEqualTo(before);
    }

    @Test
    void rules_change_at_run_time() {
        var before = given().port(port).get("/_sandbox/settings").asString();
        given().port(port).body("{\"limit\":15,\"delayMicros\":1500,\"jitterMicros\":100,\"latencyMicros\":10}")
                .patch("/_sandbox/settings").then().statusCode(200).body("limit", equalTo(15), "delayMicros", equalTo(1500));
        given().port(port).body(before).patch("/_sandbox/settings").then().statusCode(200);
        assertThat(given().port(port).get("/_sandbox/settings").asString()).isEqualTo(before);
    }
}
