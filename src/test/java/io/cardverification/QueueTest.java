package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

/** Waiting, over HTTP: one request may leave, and the next one in an hour. */
@QuarkusTest
@TestProfile(QueueTest.OneInAnHour.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QueueTest {

    public static final class OneInAnHour implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.pacing.limit", "1", "gateway.pacing.window", "1h", "gateway.pacing.max-wait", "3h");
        }
    }

    /** More than the tests hold at once, and fewer than they open. */
    private static final int CONNECTIONS = 20;

    @TestHTTPResource("/v1/verifications")
    URI verifications;

    @Inject
    Vertx vertx;

    private static String question(int card) {
        return String.format(Locale.ROOT,
                "{\"bankCard\":\"62260902101%05d\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}",
                card);
    }

    private static RequestSpecification asking(int card) {
        return given().contentType(ContentType.JSON).body(question(card));
    }

    /** @param headers more of them, each with its end of line */
    private static void send(Socket socket, int card, String headers) throws IOException {
        var body = question(card);
        socket.getOutputStream().write(("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\n" + headers
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @Order(1)
    void the_first_waits_not_at_all_and_the_second_is_told_at_once_that_it_would_wait_too_long() {
        asking(1).post("/v1/verifications").then().statusCode(200).body("waitedMillis", is(0))
                .header("RateLimit-Policy", "\"upstream\";q=1;w=3600").header("RateLimit",
                        matchesPattern("\"upstream\";r=0;t=3[56][0-9]{2}"));
        var refused = asking(2).header("Prefer", "wait=5").post("/v1/verifications").then().statusCode(503)
                .header("Preference-Applied", "wait=5")
                .body("type", is("urn:problem:card-verification:queue-full"), "charged", is(false)).extract();
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3_400, 3_600);
        asking(2).header("Prefer", "wait=999999").header("Content-Type", "text/plain").post("/v1/verifications").then()
                .statusCode(415).header("Preference-Applied", "wait=10800");
    }

    @Test
    @Order(2)
    void who_waited_as_long_as_he_would_is_told_so() {
        asking(3).header("Prefer", "wait=0").post("/v1/verifications").then().statusCode(503)
                .body("waitedMillis", is(0));
        assertThat(Operations.pacer().getInt("rejected.queue-full")).isEqualTo(2);
    }

    @Test
    @Order(3)
    void who_hangs_up_over_http_1_leaves_the_queue() throws IOException {
        var before = Operations.pacer().getInt("cancelledBeforeSent");
        try (var socket = new Socket(verifications.getHost(), verifications.getPort())) {
            send(socket, 4, "Priority: u=5\r\n");
            Operations.awaitPacer("waiting.batch", 1);
        }
        Operations.awaitPacer("waiting.batch", 0);
        Operations.awaitPacer("cancelledBeforeSent", before + 1);
    }

    @Test
    @Order(4)
    void who_resets_a_stream_over_http_2_leaves_the_queue_and_the_others_of_the_connection_stay() throws Exception {
        var before = Operations.pacer().getInt("cancelledBeforeSent");
        var client = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
        try {
            var stays = send(client, 5);
            var leaves = send(client, 6);
            Operations.awaitPacer("waiting.interactive", 2);
            leaves.reset(8);
            Operations.awaitPacer("waiting.interactive", 1);
            Operations.awaitPacer("cancelledBeforeSent", before + 1);
            stays.reset(8);
            Operations.awaitPacer("waiting.interactive", 0);
        } finally {
            client.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private HttpClientRequest send(HttpClient client, int card) throws Exception {
        var request = client.request(HttpMethod.POST, verifications.getPort(), verifications.getHost(), "/v1/verifications")
                .toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        request.putHeader("Content-Type", "application/json").send(question(card));
        return request;
    }

    @Test
    @Order(5)
    void identical_questions_wait_as_one_and_each_leaves_alone() throws IOException {
        var first = new Socket(verifications.getHost(), verifications.getPort());
        try (var second = new Socket(verifications.getHost(), verifications.getPort())) {
            send(first, 7, "");
            send(second, 7, "");
            Operations.awaitPacer("waiting.interactive", 1);
            var before = Operations.pacer().getInt("cancelledBeforeSent");
            first.close();
            Operations.awaitPacer("cancelledBeforeSent", before + 1);
            Operations.awaitPacer("waiting.interactive", 1);
        }
        Operations.awaitPacer("waiting.interactive", 0);
    }

    @Test
    @Order(6)
    void who_hangs_up_at_the_sdk_door_leaves_the_queue() throws IOException {
        var before = Operations.pacer().getInt("cancelledBeforeSent");
        try (var socket = new Socket(verifications.getHost(), verifications.getPort())) {
            sendSigned(socket);
            Operations.awaitPacer("waiting.interactive", 1);
        }
        Operations.awaitPacer("waiting.interactive", 0);
        Operations.awaitPacer("cancelledBeforeSent", before + 1);
    }

    private static void sendSigned(Socket socket) throws IOException {
        var body = "{\"BankCard\":\"6226090210148888\",\"Name\":\"Wei\",\"IdCard\":\"11204416541220243X\"}";
        var head = new StringBuilder("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n");
        new Signer(Action.BANK_CARD_VERIFICATION, new Credentials("AKIDCALLEREXAMPLE", "CALLEREXAMPLEKEY", null))
                .sign("localhost", "application/json", body.getBytes(StandardCharsets.US_ASCII), Instant.now())
                .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write((head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
    }

    static Stream<Arguments> hangUps() {
        return Stream.of(HangUp.values()).flatMap(behind -> Stream.of(HangUp.End.values()).flatMap(
                end -> Stream.of(true, false).map(isSdkDoor -> Arguments.of(behind, end, isSdkDoor))));
    }

    /** A half-close counts as a hang-up, too. */
    @ParameterizedTest
    @MethodSource("hangUps")
    @Order(6)
    void a_hang_up_is_seen_behind_whatever_was_sent(HangUp behind, HangUp.End end, boolean isSdkDoor) throws Exception {
        var before = Operations.pacer().getInt("cancelledBeforeSent");
        var audit = new AuditLines();
        try (var socket = new Socket(verifications.getHost(), verifications.getPort())) {
            if (isSdkDoor) {
                sendSigned(socket);
            } else {
                send(socket, 8, "");
            }
            Operations.awaitPacer("waiting.interactive", 1);
            behind.send(socket);
            HangUp.end(socket, end);
            Operations.awaitPacer("cancelledBeforeSent", before + 1);
            assertThat(audit.next(1))
                    .extracting(line -> line.getBoolean("callerDisconnected"), line -> line.getString("charge"))
                    .containsExactly(tuple(true, "not-sent"));
        }
        Operations.awaitPacer("waiting.interactive", 0);
        assertThat(connections()).isLessThan(CONNECTIONS);
    }

    /** What is seen of an end is seen by the count of connections, too. */
    private static double connections() {
        return Operations.get("/q/metrics").asString().lines().filter(line -> line.startsWith("http_server_active_connections"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    @Test
    @Order(6)
    void whoever_goes_away_over_http_2_leaves_the_queue() throws IOException {
        var before = Operations.pacer().getInt("cancelledBeforeSent");
        try (var connection = new RawHttp2(verifications.getPort())) {
            connection.post(1, "/v1/verifications", "content-type", "application/json").data(1, true, question(9))
                    .post(3, "/v1/verifications", "content-type", "application/json").data(3, false, "{").send();
            Operations.awaitPacer("waiting.interactive", 1);
            connection.frame(RawHttp2.GOAWAY, 0, 0, new byte[2 * Integer.BYTES]).send();
        }
        Operations.awaitPacer("waiting.interactive", 0);
        Operations.awaitPacer("cancelledBeforeSent", before + 1);
    }

    @Test
    @Order(7)
    void metrics_tell_the_same() {
        var metrics = Operations.get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics).contains("gateway_pacing_sent_total 1.0", "gateway_pacing_waiting{lane=\"interactive\"} 0.0",
                "gateway_pacing_waiting{lane=\"batch\"} 0.0", "gateway_pacing_rejected_total{reason=\"queue-full\"} 2.0",
                "gateway_pacing_wait_seconds_count{lane=\"interactive\"} 1.0", "gateway_pacing_window_max 1.0",
                "gateway_pacing_limit_rejected_total 0.0", "gateway_pacing_max_rate ", "gateway_pacing_margin_seconds ");
        assertThat(metrics).doesNotContain("62260902101", "Wei", "11204416541220243");
    }
}
