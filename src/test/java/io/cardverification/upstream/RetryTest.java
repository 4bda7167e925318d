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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManagementClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Retries, counted at the upstream. */
@QuarkusTest
@TestProfile(UpstreamFixture.Stubbed.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class RetryTest {

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
    void a_temporary_failure_is_retried_without_notice(String code) {
        upstreamAnswers(error(code), error(code), GOOD);
        verify().statusCode(200).body("result", is("0"), "charged", is(true), "attempts", is(3), "$",
                not(hasKey("unknownAttempts")));
        assertThat(StubUpstream.RECEIVED).hasSize(3);
        assertThat(StubUpstream.RECEIVED.stream().map(received -> received.headers().get("X-TC-Timestamp")))
                .doesNotContainNull();
    }

    @Test
    void a_failure_is_returned_after_four_attempts() {
        upstreamAnswers(error("InternalError"));
        verify().statusCode(502).body("upstreamCode", is("InternalError"), "charged", is(false), "attempts", is(4));
        assertThat(StubUpstream.RECEIVED).hasSize(4);
    }

    @Test
    void a_busy_center_is_returned_after_four_attempts() {
        upstreamAnswers(BUSY, GOOD);
        verify().statusCode(200).body("result", is("0"), "attempts", is(2));
        upstreamAnswers(BUSY);
        verify().statusCode(200).body("result", is("-17"), "charged", is(false), "attempts", is(4));
    }

    @Test
    void without_time_to_wait_there_is_one_attempt() {
        upstreamAnswers(error("InternalError"));
        verify("Prefer", "wait=0").statusCode(502).body("attempts", is(1));
    }

    @ParameterizedTest
    @ValueSource(strings = { "InvalidParameter", "AuthFailure", "UnauthorizedOperation.Arrears", "InvalidAction", "Brand.New" })
    void permanent_errors_are_sent_once(String code) {
        upstreamAnswers(error(code), GOOD);
        verify().body("charged", is(false), "attempts", is(1));
        assertThat(StubUpstream.RECEIVED).hasSize(1);
    }

    @Test
    void unknown_charges_are_sent_once() {
        StubUpstream.answers(502, "text/html", "<html>");
        verify().statusCode(502).body("charged", is("unknown"), "attempts", is(1));
        assertThat(StubUpstream.RECEIVED).hasSize(1);
    }

    @Test
    void rate_limit_rejections_are_attempts_but_no_retries() {
        upstreamAnswers(error("RequestLimitExceeded"), error("InternalError"), error("RequestLimitExceeded"),
                error("InternalError"), error("InternalError"), GOOD);
        verify().statusCode(200).body("attempts", equalTo(6));
    }

    @Test
    void attempts_are_counted_by_charge() {
        upstreamAnswers(error("InternalError"), GOOD);
        var before = counted("free");
        verify().statusCode(200);
        assertThat(counted("free") - before).isEqualTo(1);
        assertThat(counted("charged")).isPositive();
    }

    private static double counted(String charge) {
        return ManagementClient.get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("gateway_upstream_attempts_total{charge=\"" + charge + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ')))).sum();
    }
}
