package io.cardverification.sandbox;

import static io.restassured.RestAssured.given;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.SamplePerson;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;

/** Requests to the sandbox over sockets. */
abstract class FaultsFixture {

    static final String GOOD = SamplePerson.parameters();

    int port;

    @BeforeEach
    void findSandbox() {
        port = FreePorts.sandbox();
    }

    String request(String body, Map<String, String> more) {
        var headers = new HashMap<>(new Signer(Action.BANK_CARD_VERIFICATION,
                new Credentials("AKIDSANDBOXEXAMPLE", "SANDBOXEXAMPLEKEY", null))
                .sign("localhost:" + port, "application/json", body.getBytes(StandardCharsets.UTF_8), Instant.now()));
        headers.putAll(more);
        var text = new StringBuilder("POST / HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n");
        headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text + "\r\n" + body;
    }

    /** Reads until the connection ends. */
    String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String ask(String fault) throws IOException {
        return raw(request(GOOD, Map.of("Sandbox-Fault", fault)));
    }

    static JsonPath get(int port, String path) {
        return given().port(port).get(path).then().statusCode(200).extract().jsonPath();
    }

    Map<String, Object> lastArrival() {
        var arrivals = get(port, "/_sandbox/requests").<Map<String, Object>> getList("requests");
        return arrivals.get(arrivals.size() - 1);
    }

    void rules(String rules) {
        given().port(port).body(rules).patch("/_sandbox/settings").then().statusCode(200);
    }

    @AfterEach
    void quiet() {
        rules("{\"faults\":[],\"dailyLimit\":0}");
    }

    static JsonObject response(String answer) {
        return new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4)).getJsonObject("Response");
    }
}
