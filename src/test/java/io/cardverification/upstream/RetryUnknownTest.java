package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** An operator to whom an answer is worth more than a second charge. */
@QuarkusTest
@TestProfile(RetryUnknownTest.RetryUnknown.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class RetryUnknownTest {

    public static final class RetryUnknown implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.enabled", "false", "gateway.upstream.retry-backoff", "1ms",
                    "gateway.upstream.retry-unknown", "true");
        }
    }

    @BeforeEach
    void forget() {
        StubUpstream.RECEIVED.clear();
    }

    private static void upstreamResetsAndThenAnswers(String result) {
        var received = new AtomicInteger();
        StubUpstream.BEHAVIOUR.set(request -> {
            if (received.incrementAndGet() < 3) {
                request.connection().close();
            } else {
                request.response().putHeader("Content-Type", "application/json").end("{\"Response\":{\"Result\":\"" + result
                        + "\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}");
            }
        });
    }

    private static ValidatableResponse verify() {
        return given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}")
                .post("/v1/verifications").then();
    }

    @Test
    void what_may_have_been_charged_is_asked_again_and_told_besides_the_answer() {
        upstreamResetsAndThenAnswers("0");
        verify().statusCode(200).body("charged", is(true), "attempts", is(3), "unknownAttempts", is(2));
        assertThat(StubUpstream.RECEIVED).hasSize(3);
    }

    @Test
    void a_free_answer_does_not_make_the_attempts_before_it_free() {
        upstreamResetsAndThenAnswers("-2");
        verify().statusCode(200).body("charged", is("unknown"), "unknownAttempts", is(2));
    }
}
