package io.cardverification;

import static io.restassured.RestAssured.given;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.cardverification.testing.ManagementClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;

/** Requests to a gateway that sends one request in an hour. */
abstract class QueueFixture {

    public static final class OneInAnHour implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.pacing.limit", "1", "gateway.pacing.window", "1h", "gateway.pacing.max-wait", "3h");
        }
    }

    /** More than the tests hold at once, and fewer than they open. */
    static final int CONNECTIONS = 20;

    @TestHTTPResource("/v1/verifications")
    URI verifications;

    @Inject
    Vertx vertx;

    static String question(int card) {
        return String.format(Locale.ROOT,
                "{\"bankCard\":\"62260902101%05d\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}",
                card);
    }

    static RequestSpecification asking(int card) {
        return given().contentType(ContentType.JSON).body(question(card));
    }

    /** @param headers more of them, each with its end of line */
    static void send(Socket socket, int card, String headers) throws IOException {
        var body = question(card);
        socket.getOutputStream().write(("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\n" + headers
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** The response to the first request, which takes the permit. */
    @Nullable
    static ValidatableResponse first;

    @BeforeEach
    void takePermit() {
        if (first == null) {
            first = asking(1).post("/v1/verifications").then();
        }
    }

    static int rejected() {
        return ManagementClient.pacer().getInt("rejected.queue-full");
    }

    HttpClientRequest send(HttpClient client, int card) throws Exception {
        var request = client.request(HttpMethod.POST, verifications.getPort(), verifications.getHost(), "/v1/verifications")
                .toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        request.putHeader("Content-Type", "application/json").send(question(card));
        return request;
    }

    static void sendSigned(Socket socket) throws IOException {
        var body = "{\"BankCard\":\"6226090210148888\",\"Name\":\"Wei\",\"IdCard\":\"11204416541220243X\"}";
        var head = new StringBuilder("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n");
        new Signer(Action.BANK_CARD_VERIFICATION, new Credentials("AKIDCALLEREXAMPLE", "CALLEREXAMPLEKEY", null))
                .sign("localhost", "application/json", body.getBytes(StandardCharsets.US_ASCII), Instant.now())
                .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write((head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
    }
}
