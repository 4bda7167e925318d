package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        return given().contentType(ContentType.JSON).body("{\"bankCard\":\"" + card
                + "\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}");
    }

    private static ValidatableResponse ask(String apiKey, String card) {
        return question(card).header("Authorization", "Bearer " + apiKey).post("/v1/verifications").then();
    }

    @Test
    void who_has_a_key_is_let_in() {
        ask(KnownCallers.EXAMPLE, "6226090210146748").statusCode(200).body("result", is("0"));
        question("6226090210146748").header("authorization", "bearer  " + KnownCallers.EXAMPLE).post("/v1/verifications").then()
                .statusCode(200);
    }

    @Test
    void who_has_none_is_told_which_kind_it_takes() {
        question("6226090210146748").post("/v1/verifications").then().statusCode(401).contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("type", is("urn:problem:card-verification:unauthenticated"), "charged", is(false));
    }

    @Test
    void who_has_a_wrong_one_is_told_so() {
        ask("cvg_wrongwrongwrongwrongwrongwrongwrongwrongwro", "6226090210146748").statusCode(401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .body("type", is("urn:problem:card-verification:unauthenticated"));
    }

    @Test
    void nobody_unknown_learns_what_there_is_nor_has_a_body_read() {
        given().get("/v1/verifications/").then().statusCode(401);
        given().get("/v1/anything").then().statusCode(401);
        given().contentType(ContentType.JSON).body(new byte[100_000]).post("/v1/verifications").then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({ "u=0,403", "u=3,403", "u=4,200", "i,200", "'',200" })
    void who_may_wait_in_one_lane_only_waits_there_and_asks_for_no_other(String priority, int status) {
        var answer = question("6226090210146748").header("Authorization", "Bearer " + KnownCallers.BATCH)
                .header("Priority", priority)
                .post("/v1/verifications").then().statusCode(status);
        answer.body("type", status == 403 ? is("urn:problem:card-verification:lane-not-allowed") : nullValue());
    }

    @Test
    void who_has_spent_what_it_may_in_a_day_is_told_when_the_next_one_begins() {
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
    void a_clock_that_goes_a_day_forward_and_back_gives_no_day_twice() {
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
    void callers_do_not_learn_of_each_other_by_an_answer() throws Exception {
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
        return given().port(sandboxPort).get("/_sandbox/requests").jsonPath().getList("requests").size();
    }

    private long seconds() {
        var now = clock.instant();
        return Duration.between(now, BillingDay.after(now)).toSeconds() + 1;
    }

    @Test
    void who_has_as_many_waiting_as_it_may_is_told_so_and_others_are_not() {
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
        List<String> faults;
        do {
            faults = given().port(sandboxPort).get("/_sandbox/requests").jsonPath().getList("requests.fault", String.class);
        } while (!faults.contains("never-answer"));
    }
}
