package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.Operations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** What is sent again, counted where it arrives. */
@QuarkusTest
@TestProfile(RetryTest.Quick.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class RetryTest {

    public static final class Quick implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.enabled", "false", "gateway.upstream.retry-backoff", "1ms",
                    "gateway.pacing.limit", "1000",
                    "quarkus.fault-tolerance.\"io.cardverification.upstream.SingleSend/send\".circuit-breaker.enabled",
                    "false");
        }
    }

    private static final String QUESTION = "{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}";
    private static final String ID = "\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"";
    private static final String GOOD = "{\"Response\":{\"Result\":\"0\"," + ID + "}}";
    private static final String BUSY = "{\"Response\":{\"Result\":\"-17\"," + ID + "}}";

    private static String error(String code) {
        return "{\"Response\":{\"Error\":{\"Code\":\"" + code + "\",\"Message\":\"x\"}," + ID + "}}";
    }

    @BeforeEach
    void forget() {
        StubUpstream.RECEIVED.clear();
    }

    private static void upstreamAnswers(String... inTurn) {
        Deque<String> answers = new ArrayDeque<>(List.of(inTurn));
        StubUpstream.BEHAVIOUR.set(request -> request.response().putHeader("Content-Type", "application/json")
                .end(answers.size() > 1 ? answers.remove() : answers.element()));
    }

    private static ValidatableResponse verify(String... headers) {
        var request = given().contentType(ContentType.JSON).body(QUESTION);
        return (headers.length == 0 ? request : request.header(headers[0], headers[1])).post("/v1/verifications").then();
    }

    @ParameterizedTest
    @ValueSource(strings = { "InternalError", "FailedOperation.UnKnown", "ServiceUnavailable", "ResourceInUse" })
    void the_upstreams_own_trouble_is_asked_again_and_nobody_notices(String code) {
        upstreamAnswers(error(code), error(code), GOOD);
        verify().statusCode(200).body("result", is("0"), "charged", is(true), "attempts", is(3), "$",
                not(hasKey("unknownAttempts")));
        assertThat(StubUpstream.RECEIVED).hasSize(3);
        assertThat(StubUpstream.RECEIVED.stream().map(received -> received.headers().get("X-TC-Timestamp")))
                .doesNotContainNull();
    }

    @Test
    void it_is_told_after_four_attempts() {
        upstreamAnswers(error("InternalError"));
        verify().statusCode(502).body("upstreamCode", is("InternalError"), "charged", is(false), "attempts", is(4));
        assertThat(StubUpstream.RECEIVED).hasSize(4);
    }

    @Test
    void a_busy_centre_is_asked_again_and_told_after_four_attempts() {
        upstreamAnswers(BUSY, GOOD);
        verify().statusCode(200).body("result", is("0"), "attempts", is(2));
        upstreamAnswers(BUSY);
        verify().statusCode(200).body("result", is("-17"), "charged", is(false), "attempts", is(4));
    }

    @Test
    void who_has_no_patience_is_told_after_one_attempt() {
        upstreamAnswers(error("InternalError"));
        verify("Prefer", "wait=0").statusCode(502).body("attempts", is(1));
    }

    @ParameterizedTest
    @ValueSource(strings = { "InvalidParameter", "AuthFailure", "UnauthorizedOperation.Arrears", "InvalidAction", "Brand.New" })
    void what_no_time_mends_is_asked_once(String code) {
        upstreamAnswers(error(code), GOOD);
        verify().body("charged", is(false), "attempts", is(1));
        assertThat(StubUpstream.RECEIVED).hasSize(1);
    }

    @Test
    void what_may_have_been_charged_is_asked_once() {
        StubUpstream.answers(502, "text/html", "<html>");
        verify().statusCode(502).body("charged", is("unknown"), "attempts", is(1));
        assertThat(StubUpstream.RECEIVED).hasSize(1);
    }

    @Test
    void the_refusals_of_the_limit_are_attempts_but_not_those_that_are_counted() {
        upstreamAnswers(error("RequestLimitExceeded"), error("InternalError"), error("RequestLimitExceeded"),
                error("InternalError"), error("InternalError"), GOOD);
        verify().statusCode(200).body("attempts", equalTo(6));
    }

    @Test
    void every_attempt_is_counted_by_what_it_cost() {
        upstreamAnswers(error("InternalError"), GOOD);
        var before = counted("free");
        verify().statusCode(200);
        assertThat(counted("free") - before).isEqualTo(1);
        assertThat(counted("charged")).isPositive();
    }

    private static double counted(String charge) {
        return Operations.get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("gateway_upstream_attempts_total{charge=\"" + charge + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ')))).sum();
    }
}
