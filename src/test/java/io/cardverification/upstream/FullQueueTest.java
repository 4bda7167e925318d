package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.FullQueue;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;

@QuarkusTest
@TestProfile(FullQueue.class)
class FullQueueTest {

    @Test
    void a_full_queue_rejects_with_retry_after() {
        var retryAfter = given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}")
                .post("/v1/verifications").then().statusCode(503).contentType("application/problem+json")
                .body("type", is("urn:problem:card-verification:queue-full"), "charged", is(false), "attempts", is(0))
                .extract().header("Retry-After");
        // An hour and a margin, less the longest wait and less the time since the start of the gateway.
        assertThat(Integer.parseInt(retryAfter)).isBetween(1, 60 * (60 - FullQueue.MAX_WAIT_MINUTES) + 1);
    }
}
