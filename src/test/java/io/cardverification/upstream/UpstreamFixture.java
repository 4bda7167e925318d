package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;

import io.cardverification.testing.Spans;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** An upstream that answers as the test says, and a gateway without circuit breaker. */
abstract class UpstreamFixture {

    public static final class Stubbed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(Spans.ON);
            settings.putAll(Map.of("gateway.sandbox.enabled", "false", "gateway.upstream.token", "the-token",
                    "gateway.upstream.retry-backoff", "1ms", "gateway.pacing.limit", "1000",
                    "gateway.upstream.circuit-breaker.enabled", "false",
                    "gateway.upstream.language", "en-US", "quarkus.rest-client.tencentcloud.read-timeout", "2000",
                    "gateway.upstream.answer-timeout", "4500ms"));
            return settings;
        }
    }

    static final String GOOD = "{\"Response\":{\"Result\":\"0\",\"Description\":\"Authentication passed\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}";
    static final String QUESTION = "{\"bankCard\":\"6226090210146748\",\"name\":\"韦小宝\",\"idCard\":\"11204416541220243X\"}";

    @BeforeEach
    void forget() {
        StubUpstream.RECEIVED.clear();
        StubUpstream.answers(GOOD);
    }

    static ValidatableResponse verify(String question) {
        return given().contentType(ContentType.JSON).body(question).post("/v1/verifications").then();
    }

    static ValidatableResponse problem(int status, String type) {
        var answer = verify(QUESTION).statusCode(status).contentType("application/problem+json")
                .body("type", is("urn:problem:card-verification:" + type));
        assertThat(answer.extract().asString()).doesNotContain("6226", "韦", "1120441654", "canary");
        return answer;
    }
}
