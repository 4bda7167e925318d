package io.cardverification.cloudapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.cardverification.testing.FreePorts;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;

/** Requests to the Tencent Cloud API of the gateway, and their envelopes. */
abstract class TencentCloudApiFixture {

    int sandboxPort;

    @BeforeEach
    void findSandbox() {
        sandboxPort = FreePorts.sandbox();
    }

    private @Nullable Vertx vertx;

    @AfterEach
    void closeVertx() {
        if (vertx != null) {
            vertx.close();
        }
    }

    /** Creates a client, and closes it after the test. */
    HttpClient httpClient(HttpClientOptions options) {
        vertx = Vertx.vertx();
        return vertx.createHttpClient(options);
    }

    static ValidatableResponse envelope(ValidatableResponse answer) {
        answer.statusCode(200).header("Content-Type", equalTo("application/json"))
                .body("Response.RequestId", matchesPattern("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        assertThat(answer.extract().asString()).doesNotContain("62260902", "Wei", "1120441654"); // a UUID may contain four of the digits
        return answer;
    }

    ValidatableResponse post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    ValidatableResponse post(byte[] body) {
        return envelope(SignedCall.post(RestAssured.port, body).post("/").then());
    }

    ValidatableResponse get(String query) {
        return envelope(given().port(RestAssured.port).urlEncodingEnabled(false).get("/?" + query).then());
    }

    static void refused(ValidatableResponse answer, String code, String message) {
        answer.body("Response.Error.Code", is(code), "Response.Error.Message", is(message))
                .header("Gateway-Charged", "false");
    }

    void sandbox(String rules) {
        given().port(sandboxPort).body(rules).patch("/_sandbox/settings").then().statusCode(200);
    }

    @AfterEach
    void quiet() {
        sandbox("{\"faults\":[],\"latencyMicros\":0}");
    }

    static String raw(int port, String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new byte[4096];
            return new String(answer, 0, socket.getInputStream().read(answer), StandardCharsets.UTF_8);
        }
    }

    ValidatableResponse form(String body) {
        return envelope(given().port(RestAssured.port).contentType("application/x-www-form-urlencoded").body(body).post("/")
                .then());
    }

    int arrivals() {
        return given().port(sandboxPort).get("/_sandbox/counters").jsonPath().getInt("requests");
    }
}
