package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.ManagementClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** The upstream's clock is ten minutes ahead of the machine's. */
@QuarkusTest
@TestProfile(UpstreamFixture.Stubbed.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class ClockSkewTest {

    private static final long AHEAD_SECONDS = 600;
    private static final String GOOD = "{\"Response\":{\"Result\":\"0\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}";
    private static final String EXPIRED = "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureExpire\",\"Message\":\"x\"},"
            + "\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}";

    /** Each test begins with a gateway whose clock agrees with the upstream. */
    @BeforeEach
    void agree() {
        learn(0);
    }

    private static void learn(long seconds) {
        upstreamIsAhead(seconds, true);
        verify().statusCode(200);
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
    void without_a_date_nothing_can_be_corrected_and_nothing_is_sent_again() {
        upstreamIsAhead(AHEAD_SECONDS, false);
        verify().statusCode(502).body("upstreamCode", is("AuthFailure.SignatureExpire"), "charged", is(false));
        assertThat(StubUpstream.RECEIVED).hasSize(1);
    }

    @Test
    void the_offset_is_learned_by_one_refusal_and_kept() {
        upstreamIsAhead(AHEAD_SECONDS, true);
        verify().statusCode(200).body("result", is("0"));
        assertThat(StubUpstream.RECEIVED).hasSize(2);
        verify().statusCode(200);
        assertThat(StubUpstream.RECEIVED).hasSize(3);
        assertThat(ManagementClient.get("/q/metrics").asString())
                .containsPattern("gateway_upstream_clock_offset_seconds (599|600|601)\\.0");
    }

    @Test
    void a_clock_that_was_set_right_is_learned_again_and_all_who_were_under_way_are_signed_anew() {
        learn(AHEAD_SECONDS);
        upstreamIsAhead(0, true);
        assertThat(List.of(verify().extract().statusCode(), verify().extract().statusCode())).containsOnly(200);
        assertThat(StubUpstream.RECEIVED).hasSize(3);
    }

    @Test
    void an_upstream_that_finds_every_signature_expired_is_asked_twice_at_most() {
        StubUpstream.BEHAVIOUR.set(request -> request.response().putHeader("Content-Type", "application/json")
                .putHeader("Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().plusSeconds(900).atOffset(ZoneOffset.UTC)))
                .end(EXPIRED));
        verify().statusCode(502).body("upstreamCode", is("AuthFailure.SignatureExpire"));
        assertThat(StubUpstream.RECEIVED).hasSize(2);
    }
}
