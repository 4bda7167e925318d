package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;

@QuarkusTest
@TestProfile(UnreachableTest.NobodyThere.class)
class UnreachableTest {

    /** The sandbox's address without the sandbox, and no patience: whoever has to wait is refused. */
    public static final class NobodyThere implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.enabled", "false", "gateway.pacing.limit", "1", "gateway.pacing.window", "1h",
                    "gateway.pacing.max-wait", "59m", "gateway.upstream.retries", "2", "gateway.upstream.retry-backoff", "1ms");
        }
    }

    private static final String QUESTION = "{\"bankCard\":\"6226090210146748\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}";

    @Test
    void a_refused_connection_is_unsent_and_uses_no_permit() {
        for (var i = 0; i < 3; i++) {
            given().contentType(ContentType.JSON).body(QUESTION).post("/v1/verifications").then().statusCode(502)
                    .contentType("application/problem+json")
                    .body("type", is("urn:problem:card-verification:upstream-unreachable"), "charged", is(false),
                            "attempts", is(3));
        }
    }
}
