package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.cardverification.Operations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** The upstream's clock is ten minutes ahead of the machine's. */
@QuarkusTest
@TestProfile(ClockSkewTest.Stubbed.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClockSkewTest {

    private static final long AHEAD_SECONDS = 600;
    private static final String GOOD = "{\"Response\":{\"Result\":\"0\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}";
    private static final String EXPIRED = "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureExpire\",\"Message\":\"x\"},"
            + "\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}";

    public static final class Stubbed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.enabled", "false");
        }
    }

    @BeforeEach
    void forget() {
        StubUpstream.RECEIVED.clear();
    }

    /** Answers as Tencent Cloud does, by a clock of its own. */
    private static void upstreamIsAhead(long seconds, boolean tellsTheDate) {
        StubUpstream.BEHAVIOUR.set(request -> {
            var now = Instant.now().plusSeconds(seconds);
            var skew = now.getEpochSecond() - Long.parseLong(request.getHeader("X-TC-Timestamp"));
            if (tellsTheDate) {
                request.response().putHeader("Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
            }
            request.response().putHeader("Content-Type", "application/json").end(Math.abs(skew) > 300 ? EXPIRED : GOOD);
        });
    }

    private static ValidatableResponse verify() {
        return given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}")
                .post("/v1/verifications").then();
    }

    @Test
    @Order(1)
    void without_a_date_header_no_retry_follows() {
        upstreamIsAhead(AHEAD_SECONDS, false);
        verify().statusCode(502).body("upstreamCode", is("AuthFailure.SignatureExpire"), "charged", is(false));
        assertThat(StubUpstream.RECEIVED).hasSize(1);
    }

    @Test
    @Order(2)
    void one_rejection_corrects_the_clock_for_later_requests() {
        upstreamIsAhead(AHEAD_SECONDS, true);
        verify().statusCode(200).body("result", is("0"));
        assertThat(StubUpstream.RECEIVED).hasSize(2);
        verify().statusCode(200);
        assertThat(StubUpstream.RECEIVED).hasSize(3);
        assertThat(Operations.get("/q/metrics").asString())
                .containsPattern("gateway_upstream_clock_offset_seconds (599|600|601)\\.0");
    }

    @Test
    @Order(3)
    void a_corrected_machine_clock_is_detected_again() {
        upstreamIsAhead(0, true);
        assertThat(List.of(verify().extract().statusCode(), verify().extract().statusCode())).containsOnly(200);
        assertThat(StubUpstream.RECEIVED).hasSize(3);
    }

    @Test
    @Order(4)
    void an_always_expired_signature_is_sent_twice_at_most() {
        StubUpstream.BEHAVIOUR.set(request -> request.response().putHeader("Content-Type", "application/json")
                .putHeader("Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().plusSeconds(900).atOffset(ZoneOffset.UTC)))
                .end(EXPIRED));
        verify().statusCode(502).body("upstreamCode", is("AuthFailure.SignatureExpire"));
        assertThat(StubUpstream.RECEIVED).hasSize(2);
    }
}
