package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManagementClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;

/** An upstream that fails and recovers. */
@QuarkusTest
@TestProfile(CircuitBreakerTest.SmallWindow.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class CircuitBreakerTest {

    /** By the standard keys, so that they are known to work. */
    public static final class SmallWindow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var breaker = "gateway.upstream.circuit-breaker.";
            return Map.of("gateway.sandbox.enabled", "false", "gateway.upstream.retries", "0", "gateway.pacing.limit", "1000",
                    breaker + "request-volume-threshold", "4", breaker + "failure-ratio", "0.75", breaker + "delay", "1500ms");
        }
    }

    private static final String GOOD = "{\"Response\":{\"Result\":\"-13\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}";

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    io.cardverification.pacing.Pacer pacer;

    @Inject
    FailureAttribution attribution;

    @BeforeEach
    void forget() {
        attribution.clear();
        breakers.reset(CircuitBreakingClient.NAME);
        pacer.resume();
        StubUpstream.RECEIVED.clear();
    }

    private static Response verify() {
        return given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}")
                .post("/v1/verifications");
    }

    private static void verify(int times) {
        for (var i = 0; i < times; i++) {
            verify();
        }
    }

    private static String metrics() {
        return ManagementClient.get("/q/metrics").asString();
    }

    @Test
    void three_failures_of_four_open_the_breaker() {
        // What takes long the first time, while the breaker would go on to the next state.
        metrics();
        ManagementClient.pacer().getMap("waiting");
        StubUpstream.answers(GOOD);
        verify(1);
        StubUpstream.answers(502, "text/html", "ill");
        verify(3);
        var refused = verify().then().statusCode(503).body("type", is("urn:problem:card-verification:circuit-open"), "charged",
                is(false), "attempts", is(0));
        assertThat(Integer.parseInt(refused.extract().header("Retry-After"))).isBetween(1, 2);
        assertThat(StubUpstream.RECEIVED).hasSize(4);
        assertThat(ManagementClient.pacer().getMap("waiting").values()).containsOnly(0);
        assertThat(metrics()).containsPattern("ft_circuitbreaker_state_current\\{[^}]*state=\"open\"[^}]*} 1")
                .containsPattern("ft_circuitbreaker_opened_total\\{[^}]*} [1-9]");
    }

    @Test
    void an_answered_probe_closes_the_breaker() {
        StubUpstream.answers(502, "text/html", "ill");
        verify(4);
        verify().then().statusCode(503);
        StubUpstream.answers(GOOD);
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (verify().statusCode() != 200) {
            assertThat(System.nanoTime()).as("it never closes").isLessThan(end);
        }
        verify().then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"Result\":\"-7\"}", "{\"Result\":\"-17\"}", "{\"Error\":{\"Code\":\"InvalidParameter\"}}",
            "{\"Error\":{\"Code\":\"AuthFailure.SignatureFailure\"}}",
            "{\"Error\":{\"Code\":\"UnauthorizedOperation.Arrears\"}}" })
    void rejected_values_do_not_open_the_breaker(String response) {
        StubUpstream.answers("{\"Response\":" + response + "}");
        verify(8);
        StubUpstream.answers(GOOD);
        verify().then().statusCode(200);
    }

    @Test
    void the_rate_limit_does_not_open_the_breaker() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\"}}}");
        verify(2); // five attempts each
        StubUpstream.answers(GOOD);
        assertThat(breakers.currentState(CircuitBreakingClient.NAME)).hasToString("CLOSED");
    }
}
