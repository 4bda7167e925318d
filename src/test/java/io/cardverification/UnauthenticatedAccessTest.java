package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Random;
import java.util.TreeMap;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.cardverification.testing.KnownCallers;
import io.cardverification.testing.MalformedApiKeys;
import io.cardverification.testing.MalformedSignatures;
import io.cardverification.testing.RawExchange;
import io.cardverification.testing.SamplePerson;
import io.cardverification.testing.Scale;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;

/**
 * Ten thousand requests, at {@link Scale}, to each API without a valid key, of every malformed kind, with a question that would
 * be answered: nobody
 * is let in, and the sandbox is not asked once.
 */
@QuarkusTest
@TestProfile(KnownCallers.class)
class UnauthenticatedAccessTest {

    private static final int TRIES = Integer.getInteger("strangers.tries", Scale.of(10_000));
    private static final long SEED = Long.getLong("strangers.seed", 20261124);
    private static final String KEY = KnownCallers.EXAMPLE;
    private static final byte[] QUESTION = SamplePerson.json()
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] CALL = "{\"BankCard\":\"6226090210146748\",\"Name\":\"Wei Xiaobao\",\"IdCard\":\"11204416541220243X\"}"
            .getBytes(StandardCharsets.UTF_8);

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    private int before;
    private final Random random = new Random(SEED);

    private int arrivals() {
        return given().port(sandboxPort).get("/_sandbox/counters").jsonPath().getInt("requests");
    }

    @BeforeEach
    void count() {
        before = arrivals();
    }

    @AfterEach
    void nothingWasAsked() {
        assertThat(arrivals()).isEqualTo(before);
    }

    @Test
    void rest_api_rejects_every_malformed_key() throws IOException {
        var statuses = new TreeMap<String, Integer>();
        var exchange = new RawExchange(RestAssured.port);
        for (var i = 0; i < TRIES; i++) {
            var kind = MalformedApiKeys.KINDS.get(i % MalformedApiKeys.KINDS.size());
            try {
                var answer = exchange.send(post("/v1/verifications" + kind.query(), kind.headers(random), QUESTION));
                statuses.merge(kind.name() + " " + answer.status(), 1, Integer::sum);
                if (answer.body().startsWith("{\"Response\":{\"Error\"")) { // who speaks like an SDK is told so like one, at any path
                    assertThat(kind.name()).isEqualTo("an SDK's signature");
                } else {
                    assertThat(answer.status()).as("try %d, %s", i, kind.name()).isIn(400, 401);
                }
                assertThat(answer.body()).as("try %d, %s", i, kind.name()).doesNotContain(KEY, "\"result\"", "\"Result\"");
            } catch (EOFException refused) { // no HTTP, to the server; or to it, the one before was none
                exchange.close();
                exchange = new RawExchange(RestAssured.port);
            }
        }
        exchange.close();
        assertThat(statuses.keySet()).as("those with well-formed headers are told 401").filteredOn(kind -> kind.endsWith("401"))
                .hasSizeGreaterThan(20);
    }

    @Test
    void sdk_api_rejects_every_malformed_signature() throws IOException {
        try (var exchange = new RawExchange(RestAssured.port)) {
            for (var i = 0; i < TRIES; i++) {
                var headers = new HashMap<>(new Signer(Action.BANK_CARD_VERIFICATION,
                        new Credentials("AKIDCALLEREXAMPLE", "CALLEREXAMPLEKEY", null))
                        .sign("localhost:" + RestAssured.port, "application/json", CALL, Instant.now()));
                var kind = MalformedSignatures.spoil(i, headers, random);
                var lines = new StringBuilder();
                headers.forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
                var answer = exchange.send(post("/", lines + "Content-Type: application/json\r\n",
                        kind.equals("another body")
                                ? new String(CALL, StandardCharsets.UTF_8).replace("Wei", "Wai")
                                        .getBytes(StandardCharsets.UTF_8)
                                : CALL));
                assertThat(answer.status()).as("try %d, %s", i, kind).isEqualTo(200);
                assertThat(new JsonObject(answer.body()).getJsonObject("Response").getJsonObject("Error").getString("Code"))
                        .as("try %d, %s", i, kind)
                        .matches("AuthFailure\\..*|MissingParameter|InvalidParameter|InvalidAction|NoSuchVersion");
            }
        }
    }

    private static byte[] post(String path, String headers, byte[] body) {
        var head = ("POST " + path + " HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\nContent-Length: " + body.length
                + "\r\n" + (headers.contains("Content-Type") ? "" : "Content-Type: application/json\r\n") + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        var all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
