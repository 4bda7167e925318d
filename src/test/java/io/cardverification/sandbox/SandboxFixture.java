package io.cardverification.sandbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.SamplePerson;
import io.restassured.response.ValidatableResponse;

/** Signed requests to the sandbox, and its records. */
abstract class SandboxFixture {

    static final String GOOD = SamplePerson.parameters();

    int port;

    @BeforeEach
    void findSandbox() {
        port = FreePorts.sandbox();
    }

    final Map<String, String> changed = new HashMap<>();
    Instant signedAt = Instant.now();
    Credentials credentials = new Credentials("AKIDSANDBOXEXAMPLE", "SANDBOXEXAMPLEKEY", null);

    ValidatableResponse ask(String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var headers = new HashMap<>(new Signer(Action.BANK_CARD_VERIFICATION, credentials).sign(
                "localhost:" + port, "application/json", bytes, signedAt));
        headers.putAll(changed);
        headers.values().removeIf(String::isEmpty);
        return given().port(port).contentType("application/json").headers(headers).body(bytes).post("/").then()
                .statusCode(200).header("Content-Type", equalTo("application/json"))
                .body("Response.RequestId", matchesPattern("[0-9a-f-]{36}"));
    }

    void refused(String body, String code, String message) {
        ask(body).body("Response.Error.Code", is(code), "Response.Error.Message", is(message));
    }

    String lastDiagnosis() {
        var diagnoses = given().port(port).get("/_sandbox/rejections").jsonPath().getList("rejections.diagnosis", String.class);
        return diagnoses.get(diagnoses.size() - 1);
    }

    void rules(String changes) {
        given().port(port).body(changes).patch("/_sandbox/settings").then().statusCode(200);
    }

    Map<String, Object> lastArrival() {
        var arrivals = given().port(port).get("/_sandbox/requests").jsonPath().<Map<String, Object>> getList("requests");
        return arrivals.get(arrivals.size() - 1);
    }
}
