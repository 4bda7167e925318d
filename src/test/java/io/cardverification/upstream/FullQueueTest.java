package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;

@QuarkusTest
@TestProfile(FullQueueTest.PermitInAnHour.class)
class FullQueueTest {

    /** A predecessor may have sent just now, so the next permit is an hour away, and nobody may wait so long. */
    public static final class PermitInAnHour implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.enabled", "false", "gateway.pacing.limit", "1", "gateway.pacing.window", "1h",
                    "gateway.pacing.start-saturated", "true", "gateway.pacing.max-wait", "59m");
        }
    }

    @Test
    void a_full_queue_rejects_with_retry_after() {
        var retryAfter = given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}")
                .post("/v1/verifications").then().statusCode(503).contentType("application/problem+json")
                .body("type", is("urn:problem:card-verification:queue-full"), "charged", is(false), "attempts", is(0))
                .extract().header("Retry-After");
        // The permit is an hour and a margin away and 59 minutes are allowed: a minute is left, less what this test has taken.
        assertThat(Integer.parseInt(retryAfter)).isBetween(1, 61);
    }
}
