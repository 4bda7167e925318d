package io.cardverification.cloudapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import com.tencentcloudapi.common.exception.TencentCloudSDKException;

import io.cardverification.cloudapi.JavaSdkTest.SdkTarget;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.Sha256;
import io.cardverification.testing.Spans;
import io.cardverification.verification.ResultCode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/**
 * Sends personal data and keys through every path of both APIs with all logging on. Then it searches for them in logs, access
 * log, ledger, responses, metrics, health, traces and the sandbox's reports.
 */
@QuarkusTest
@TestProfile(CanaryTest.VerboseGateway.class)
class CanaryTest {

    private static final Path LOG = Path.of("target", "canary.log").toAbsolutePath();
    private static final Path LEDGER = LOG.resolveSibling("canary-ledger.jsonl");
    private static final List<String> FAULTS = List.of("refuse-connections", "reset-before-body", "reset-after-body",
            "never-answer", "truncate", "wrong-content-type", "http-500", "http-502", "http-429", "slow-bytes",
            "error InvalidParameterValue", "error InternalError");
    private static final String WRONG_KEY = "cvg_WRONGCANARYWRONGCANARYWRONGCANARYWRONGCANAR";
    private static final String API_KEY = "cvg_EXAMPLE_OPENS_THE_SANDBOX_AND_NOTHING_ELSE_";

    public static final class VerboseGateway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Files.deleteIfExists(LOG);
                Files.deleteIfExists(LEDGER);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            var settings = new HashMap<>(Spans.ON);
            settings.putAll(Map.of("quarkus.log.min-level", "TRACE", "quarkus.log.level", "TRACE",
                    "quarkus.log.category.\"io.cardverification\".level", "TRACE", "quarkus.log.console.level", "WARN",
                    "quarkus.log.file.enabled", "true", "quarkus.log.file.path", LOG.toString(), "quarkus.log.file.level",
                    "TRACE",
                    "quarkus.log.file.rotation.enabled", "false", "quarkus.log.file.format", "%d %p [%c] %s%e%n",
                    "quarkus.http.access-log.enabled", "true"));
            settings.putAll(Map.of("gateway.ledger.file", LEDGER.toString(),
                    "quarkus.log.category.\"sandbox.ledger\".level", "DEBUG",
                    // The HTTP clients of the test itself log their requests.
                    "quarkus.log.category.\"org.apache.http\".level", "OFF",
                    "quarkus.log.category.\"io.restassured\".level", "OFF"));
            settings.putAll(Map.of("gateway.upstream.retry-backoff", "1ms", "gateway.pacing.max-wait", "2s"));
            settings.putAll(Map.of("gateway.sandbox.limit", "1000", "gateway.pacing.limit", "1000",
                    "quarkus.rest-client.tencentcloud.read-timeout", "1000",
                    "gateway.upstream.circuit-breaker.enabled", "false",
                    "gateway.callers.named.poor.key-hashes", Sha256.hex(WRONG_KEY.replace("WRONG", "RIGHT")),
                    "gateway.callers.named.poor.charges-per-day", "0", "gateway.callers.named.poor.lanes", "batch"));
            return settings;
        }
    }

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    @Inject
    Spans spans;

    private final Canaries canaries = new Canaries();

    private static List<String> cards() {
        return Stream.of(cards("6222000000", ResultCode.values().length), cards("6222900000", ErrorCode.values().length),
                cards("6222800000", 8), Stream.of(Canaries.CARD)).flatMap(each -> each).toList();
    }

    private static Stream<String> cards(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(number -> "%s%06d".formatted(prefix, number));
    }

    private static String json(String card) {
        return "{\"bankCard\":\"" + card + "\",\"name\":\"" + Canaries.NAME + "\",\"idCard\":\"" + Canaries.ID + "\"}";
    }

    private void rest(String body, Map<String, ?> headers) {
        rest(body, headers, "/v1/verifications");
    }

    private void rest(String body, Map<String, ?> headers, String path) {
        look(given().contentType(ContentType.JSON).headers(headers).body(body).post(path), path);
    }

    private void look(Response answer, String where) {
        canaries.lookFor("the answer of " + where, answer.statusLine() + answer.headers() + answer.asString());
    }

    private void sdk(JavaSdk way, String card, String secretKey) {
        var question = new SdkVerificationRequest();
        question.BankCard = card;
        question.Name = Canaries.NAME;
        question.IdCard = Canaries.ID;
        var gateway = SdkTarget.GATEWAY;
        try {
            canaries.lookFor("an envelope",
                    way.ask(way.client(way.http(gateway.endpoint("localhost")), gateway.secretId(), secretKey),
                            "BankCardVerification", question));
        } catch (TencentCloudSDKException refused) {
            canaries.lookFor("an error of the Tencent Cloud API", refused.toString());
        }
    }

    private void everyAnswer() {
        for (var card : cards()) {
            rest(json(card), Map.of("Authorization", "Bearer " + API_KEY));
            sdk(JavaSdk.V3_CALL, card, SdkTarget.GATEWAY.secretKey());
            sdk(JavaSdk.V1_SHA1_GET, card, SdkTarget.GATEWAY.secretKey());
        }
        for (var way : JavaSdk.values()) {
            sdk(way, Canaries.CARD, SdkTarget.GATEWAY.secretKey());
            sdk(way, Canaries.CARD, Canaries.WRONG_SECRET);
        }
    }

    private void everyFault() {
        for (var fault : FAULTS) {
            rules("\"100% " + fault + "\"");
            rest(json(Canaries.CARD), Map.of());
            sdk(JavaSdk.V3_GET, Canaries.CARD, SdkTarget.GATEWAY.secretKey());
        }
        rules("");
    }

    /** Repeats if the sandbox's port is closed, which is one of the faults. */
    private void rules(String faults) {
        await().ignoreExceptionsMatching(IOException.class::isInstance).until(
                () -> given().port(sandboxPort).body("{\"faults\":[" + faults + "]}").patch("/_sandbox/settings")
                        .statusCode() == 200);
    }

    private void everyMistake() {
        var good = json(Canaries.CARD);
        for (var body : List.of(good + good, good.replace("}", ""), good.replace("bankCard", Canaries.NAME),
                "\"" + Canaries.NAME + "\"",
                good.replace("\"" + Canaries.ID + "\"", Canaries.ID.substring(0, 17)),
                good.replace(Canaries.ID, Canaries.ID + "Z"),
                good.replace(Canaries.CARD, Canaries.NAME), good.replace(Canaries.NAME, Canaries.NAME.repeat(9)),
                "[" + good + "]",
                good.replace("}", ",\"certType\":\"" + Canaries.NAME + "\"}"),
                good.replace("}", ",\"name\":\"" + Canaries.NAME + "\"}"),
                good.replace("}", ",\"encryption\":{\"encryptList\":[\"" + Canaries.NAME + "\"]}}"), Canaries.NAME,
                good.replace("Zz", "\\ud800"))) {
            rest(body, Map.of());
        }
        for (var header : List.of("Idempotency-Key", "Priority", "Prefer", "Cache-Control", "Authorization", "Accept",
                "X-Request-Id",
                "traceparent", "baggage", "User-Agent", "Cookie", "Accept-Language", "If-None-Match")) {
            rest(good, Map.of(header, Canaries.NAME));
            rest(good, Map.of(header, "Bearer " + WRONG_KEY));
        }
        rest(good, Map.of("Idempotency-Key", Canaries.NAME));
        rest(json("6222000000000001"), Map.of("Idempotency-Key", Canaries.NAME));
        rest(good, Map.of("Authorization", "Bearer " + WRONG_KEY.replace("WRONG", "RIGHT")));
        rest(good, Map.of("Authorization", "Bearer " + WRONG_KEY.replace("WRONG", "RIGHT"), "Priority", "u=1"));
        for (var path : List.of("/v1/verifications/" + Canaries.CARD, "/v1/" + Canaries.NAME, "/" + Canaries.ID,
                "/v1/verifications?name=" + Canaries.NAME, "/q/" + Canaries.NAME, "/v1/verifications;id=" + Canaries.ID)) {
            rest(good, Map.of(), path);
            look(given().get(path), path);
            look(given().request("PUT", path), path);
        }
        look(given().contentType("text/" + Canaries.NAME).body(good).post("/v1/verifications"), "another media type");
        look(ManagementClient.get("/" + Canaries.NAME + "?card=" + Canaries.CARD), "the management port");
    }

    /** Requests that no client sends. The gateway may close the connection. */
    private void everyNoise() throws IOException {
        for (var noise : List.of(Canaries.NAME + "\r\n\r\n", "POST /v1/" + Canaries.NAME + " HTTP/1.1\r\n\r\n",
                "GET /?Name=" + Canaries.NAME + " HTTP/9.9\r\nHost: a\r\n\r\n",
                "POST /v1/verifications HTTP/1.1\r\nHost: " + Canaries.NAME + "\r\nContent-Length: 9999\r\n\r\n"
                        + json(Canaries.CARD),
                "POST /v1/verifications HTTP/1.1\r\nHost: a\r\nContent-Length: x" + Canaries.CARD + "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n" + Canaries.NAME + "\r\n\r\n")) {
            for (var port : List.of(RestAssured.port, sandboxPort)) {
                try (var socket = new Socket("localhost", port)) {
                    socket.getOutputStream().write(noise.getBytes(StandardCharsets.UTF_8));
                    socket.shutdownOutput();
                    canaries.lookFor("what comes back for noise",
                            new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                } catch (SocketException reset) {
                    // The gateway may reject garbage in any way.
                }
            }
        }
    }

    @Test
    void no_output_contains_personal_data_or_keys() throws IOException {
        everyAnswer();
        everyFault();
        everyMistake();
        everyNoise();

        for (var page : List.of("/q/metrics", "/q/pacing", "/q/health", "/q/health/ready", "/q/health/live")) {
            look(ManagementClient.get(page), page);
        }
        for (var page : List.of("requests", "counters", "rejections", "settings")) {
            look(given().port(sandboxPort).get("/_sandbox/" + page), page);
        }
        spans.finished().forEach(span -> canaries.lookFor("a span", span.toString()));
        var written = new TreeSet<String>();
        try (var lines = Files.lines(LOG, StandardCharsets.UTF_8)) {
            lines.forEach(line -> {
                canaries.lookFor("the log", line);
                Stream.of(" TRACE ", " DEBUG ", "POST ", "[io.netty.", "[io.quarkus.")
                        .filter(line::contains).forEach(written::add);
            });
        }
        assertThat(written).as("the log is as talkative as it can be").hasSize(5);
        try (var lines = Files.lines(LEDGER, StandardCharsets.UTF_8)) {
            assertThat(lines.peek(line -> canaries.lookFor("the ledger", line)).toList()).isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("\"fingerprint\""));
        }
        assertThat(canaries.found()).isEmpty();
    }
}
