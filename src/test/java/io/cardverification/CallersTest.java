package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cardverification.testing.AdjustableClock;
import io.cardverification.testing.KnownCallers;
import io.cardverification.testing.SamplePerson;
import io.cardverification.verification.BillingDay;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Who is let in at the front door, and what each may. */
@QuarkusTest
@TestProfile(KnownCallers.class)
class CallersTest {

    @Inject
    Clock clock;

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    @AfterEach
    void mendSandbox() {
        AdjustableClock.AHEAD_SECONDS.set(0);
        rules("{\"faults\":[],\"latencyMicros\":0}");
    }

    private void rules(String rules) {
        given().port(sandboxPort).body(rules).patch("/_sandbox/settings").then().statusCode(200);
    }

    private static RequestSpecification question(String card) {
        return given().contentType(ContentType.JSON).body(SamplePerson.json(card));
    }

    private static ValidatableResponse ask(String apiKey, String card) {
        return question(card).header("Authorization", "Bearer " + apiKey).post("/v1/verifications").then();
    }

    @Test
    void valid_key_is_accepted() {
        ask(KnownCallers.EXAMPLE, "6226090210146748").statusCode(200).body("result", is("0"));
        question("6226090210146748").header("authorization", "bearer  " + KnownCallers.EXAMPLE).post("/v1/verifications").then()
                .statusCode(200);
    }

    @Test
    void missing_key_returns_the_scheme() {
        question("6226090210146748").post("/v1/verifications").then().statusCode(401).contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("type", is("urn:problem:card-verification:unauthenticated"), "charged", is(false));
    }

    @Test
    void invalid_key_is_rejected() {
        ask("cvg_wrongwrongwrongwrongwrongwrongwrongwrongwro", "6226090210146748").statusCode(401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .body("type", is("urn:problem:card-verification:unauthenticated"));
    }

    @Test
    void unauthenticated_request_learns_no_path_and_sends_no_body() {
        given().get("/v1/verifications/").then().statusCode(401);
        given().get("/v1/anything").then().statusCode(401);
        given().contentType(ContentType.JSON).body(new byte[100_000]).post("/v1/verifications").then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({ "u=0,403", "u=3,403", "u=4,200", "i,200", "'',200" })
    void caller_with_one_lane_waits_in_it(String priority, int status) {
        var answer = question("6226090210146748").header("Authorization", "Bearer " + KnownCallers.BATCH)
                .header("Priority", priority)
                .post("/v1/verifications").then().statusCode(status);
        answer.body("type", status == 403 ? is("urn:problem:card-verification:lane-not-allowed") : nullValue());
    }

    @Test
    void exceeded_daily_limit_returns_the_start_of_the_next_day() {
        ask(KnownCallers.THRIFTY, "6222000000000002").statusCode(200).body("charged", is(false));
        ask(KnownCallers.THRIFTY, "6226090210146748").statusCode(200).body("charged", is(true));
        ask(KnownCallers.THRIFTY, "6225768888888888").statusCode(200).body("charged", is(true));
        var earliest = seconds();
        var refusal = ask(KnownCallers.THRIFTY, "6226090210146749").statusCode(429)
                .body("type", is("urn:problem:card-verification:daily-limit-exceeded"), "charged", is(false));
        assertThat(Long.parseLong(refusal.extract().header("Retry-After"))).isBetween(seconds(), earliest);
        ask(KnownCallers.EXAMPLE, "6226090210146749").statusCode(200);
    }

    @Test
    void clock_steps_grant_no_daily_limit_twice() {
        var charged = 0;
        var card = 6226090210146800L;
        for (var day : new int[] { 0, 1, 0, 1, 0 }) {
            AdjustableClock.AHEAD_SECONDS.set(TimeUnit.DAYS.toSeconds(day));
            for (var i = 0; i < 3; i++) {
                charged += ask(KnownCallers.PRUDENT, String.valueOf(card++)).extract().statusCode() == 200 ? 1 : 0;
            }
        }
        assertThat(charged).isEqualTo(4);
    }

    @Test
    void callers_share_no_response_unless_allowed() throws Exception {
        rules("{\"latencyMicros\":500000}");
        var before = arrivals();
        var first = CompletableFuture.supplyAsync(() -> ask(KnownCallers.EXAMPLE, "6226090210146748"));
        var second = CompletableFuture.supplyAsync(() -> ask(KnownCallers.BATCH, "6226090210146748"));
        var one = first.get(60, TimeUnit.SECONDS).statusCode(200).body("shared", is(false)).extract().jsonPath();
        var other = second.get(60, TimeUnit.SECONDS).statusCode(200).body("shared", is(false)).extract().jsonPath();
        assertThat(one.getString("requestId")).isNotEqualTo(other.getString("requestId"));
        assertThat(arrivals() - before).isEqualTo(2);
    }

    private int arrivals() {
        return given().port(sandboxPort).get("/_sandbox/counters").jsonPath().getInt("requests");
    }

    private long seconds() {
        var now = clock.instant();
        return Duration.between(now, BillingDay.after(now)).toSeconds() + 1;
    }

    @Test
    void concurrency_limit_applies_to_one_caller_only() {
        rules("{\"faults\":[\"1x never-answer\"]}");
        var first = CompletableFuture.supplyAsync(() -> ask(KnownCallers.LONELY, "6226090210146748").extract().statusCode());
        awaitArrival();
        ask(KnownCallers.LONELY, "6226090210146749").statusCode(429).header("Retry-After", "1")
                .body("type", is("urn:problem:card-verification:concurrency-limit-exceeded"));
        question("6226090210146748").header("Authorization", "Bearer " + KnownCallers.LONELY)
                .header("Idempotency-Key", "\"to-wait-with\"").post("/v1/verifications").then().statusCode(429)
                .body("type", is("urn:problem:card-verification:concurrency-limit-exceeded"));
        ask(KnownCallers.EXAMPLE, "6226090210146749").statusCode(200);
        assertThat(first.join()).isEqualTo(504);
        ask(KnownCallers.LONELY, "6226090210146749").statusCode(200);
    }

    private void awaitArrival() {
        await().until(
                () -> given().port(sandboxPort).get("/_sandbox/requests").jsonPath().getList("requests.fault", String.class)
                        .contains("never-answer"));
    }
}
