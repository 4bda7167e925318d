package io.cardverification.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

@QuarkusTest
@TestProfile(RequiredIdempotencyKeyTest.Required.class)
class RequiredIdempotencyKeyTest {

    public static final class Required implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.rest.idempotency-key-required", "true");
        }
    }

    private static RequestSpecification question() {
        return given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}");
    }

    @Test
    void request_without_a_required_key_is_rejected() {
        question().post("/v1/verifications").then().statusCode(400).body("type",
                is("urn:problem:card-verification:idempotency-key-missing"), "charged", is(false));
        question().header("Idempotency-Key", "\"a\"").post("/v1/verifications").then().statusCode(200);
    }
}
