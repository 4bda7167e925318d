package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManagementClient;
import io.quarkus.test.junit.QuarkusTest;

/** What is the operator's is not the callers', and the other way round. */
@QuarkusTest
class ManagementPortTest {

    @ParameterizedTest
    @ValueSource(strings = { "/q/health", "/q/health/live", "/q/metrics", "/q/pacing", "/q/info", "/q/" })
    void api_port_has_no_operations(String path) {
        given().get(path).then().statusCode(404).contentType("application/problem+json")
                .body("type", equalTo("urn:problem:card-verification:not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/q/health", "/q/metrics", "/q/pacing" })
    void operators_are(String path) {
        ManagementClient.get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/v1/verifications", "/q/openapi" })
    void management_port_has_no_api(String path) {
        ManagementClient.get(path).then().statusCode(404);
        var answer = given().port(ManagementClient.port()).contentType("application/json").body("{}").post(path);
        assertThat(answer.statusCode()).isIn(404, 405);
    }
}
