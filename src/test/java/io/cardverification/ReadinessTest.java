package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.SamplePerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Whether a probe is told the truth, by what the sandbox answers its test cards. */
@QuarkusTest
class ReadinessTest {

    private static void ask(String card, int status) {
        given().contentType(ContentType.JSON)
                .body(SamplePerson.json(card))
                .post("/v1/verifications").then().statusCode(status);
    }

    private static ValidatableResponse health(String probe) {
        return ManagementClient.get("/q/health/" + probe).then();
    }

    private static final String UPSTREAM = "checks.find { it.name == 'upstream' }.";

    @BeforeEach
    void it_is_ready() {
        ask("6222000000000000", 200);
        health("ready").statusCode(200).body(UPSTREAM + "status", is("UP"), UPSTREAM + "data", nullValue());
    }

    @ParameterizedTest
    @CsvSource({ "6222900000000006, credentials-refused", "6222900000000023, credentials-refused",
            "6222900000000040, account-refused", "6222900000000043, account-refused" })
    void rejected_credentials_end_readiness_until_a_success(String card, String reason) {
        ask(card, 502);
        health("ready").statusCode(503).body(UPSTREAM + "status", is("DOWN"), UPSTREAM + "data.reason", is(reason));
        health("live").statusCode(200);
        health("started").statusCode(200);
        ManagementClient.get("/q/metrics").then().statusCode(200)
                .body(containsString("gateway_not_ready{reason=\"" + reason + "\"} 1.0"));
        ask("6222000000000001", 200);
        health("ready").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "6222900000000018", "6222900000000020", "6222900000000013" })
    void a_callers_own_mistake_is_no_reason(String card) {
        ask(card, 422);
        health("ready").statusCode(200);
    }

    @Test
    void invalid_request_keeps_readiness() {
        given().contentType(ContentType.JSON).body("{}").post("/v1/verifications").then().statusCode(400);
        health("ready").statusCode(200).body("checks.name", hasItems("upstream"));
    }
}
