package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.RawHttp2;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** Streams of one HTTP/2 connection do not affect each other. A request may take half a second; its response takes two. */
@QuarkusTest
@TestProfile(SlowRequestGuardTest.Impatient.class)
class StreamsTest {

    private static final String VERIFICATIONS = "/v1/verifications";
    private static final String[] JSON = { "content-type", "application/json" };
    private static final int CANCEL = 8;

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    /** Without an event of the open port, the first request installs the guard. */
    @BeforeEach
    void send_first_request() {
        ManagementClient.get("/q/health/live").then().statusCode(200);
        RestAssured.get("/nowhere").then().statusCode(404);
    }

    private static RawHttp2 connect() throws IOException {
        return new RawHttp2(RestAssured.port);
    }

    private static String question(int card) {
        return String.format(Locale.ROOT,
                "{\"bankCard\":\"62260902102%05d\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}", card);
    }

    private static RawHttp2 ask(RawHttp2 connection, int stream, int card) {
        return connection.post(stream, VERIFICATIONS, JSON).data(stream, true, question(card));
    }

    private int arrivals() {
        return RestAssured.given().port(sandboxPort).get("/_sandbox/counters").jsonPath().getInt("requests");
    }

    @Test
    void a_reset_upload_leaves_the_other_streams_alone() throws IOException {
        try (var connection = connect()) {
            ask(connection, 1, 1).send();
            var stream = 3;
            for (var path : new String[] { VERIFICATIONS, "/nowhere", "/q/openapi", "/" }) {
                for (var code : new int[] { 0, 1, 2, CANCEL, 11 }) {
                    connection.post(stream, path, JSON).send();
                    connection.ping();
                    connection.data(stream, false, "{").send();
                    connection.ping();
                    connection.reset(stream, code).post(stream + 2, path, JSON).reset(stream + 2, code).send();
                    stream += 4;
                }
            }
            connection.post(stream, VERIFICATIONS, "content-type", "application/json", "content-length", "5")
                    .data(stream, true, "{").send();

            assertThat(connection.answer(1)).contains("\"requestId\"");
            connection.ping();
            ask(connection, stream + 2, 2).send();
            assertThat(connection.answer(stream + 2)).contains("\"requestId\"");
        }
    }

    @Test
    void a_verification_reset_at_once_is_not_sent() throws IOException {
        var before = arrivals();
        try (var connection = connect()) {
            ask(connection, 1, 3).reset(1, CANCEL);
            ask(connection, 3, 4).send();
            assertThat(connection.answer(3)).contains("\"requestId\"");
        }
        assertThat(arrivals()).isEqualTo(before + 1);
    }

    @Test
    void resets_only_an_upload_that_takes_too_long() throws IOException {
        try (var connection = connect()) {
            connection.post(3, VERIFICATIONS, JSON).data(3, false, "{").send();
            ask(connection, 5, 5).send();
            var isReset = false;
            for (var pings = 0; pings < 1_000_000 && !isReset; pings++) {
                connection.frame(RawHttp2.PING, 0, 0, new byte[Long.BYTES]).send();
                var frame = connection.await(each -> each.type() == RawHttp2.PING || each.stream() != 0);
                assertThat(frame.stream()).isIn(0, 3);
                isReset = frame.type() == RawHttp2.RST_STREAM;
            }
            assertThat(isReset).isTrue();
            assertThat(connection.answer(5)).contains("\"requestId\"");
            connection.ping();
        }
    }

    @Test
    void keeps_an_idle_connection_that_pings() throws IOException {
        try (var connection = connect()) {
            for (var i = 0; i < 2; i++) {
                connection.ping();
                connection.socket().setSoTimeout(1_500);
                assertThatThrownBy(() -> connection.await(frame -> false)).isInstanceOf(SocketTimeoutException.class);
                connection.socket().setSoTimeout(30_000);
            }
            ask(connection, 1, 6).send();
            assertThat(connection.answer(1)).contains("\"requestId\"");
        }
    }

    @Test
    void responds_before_an_incomplete_frame_closes_the_connection() throws IOException {
        try (var connection = connect()) {
            ask(connection, 1, 7).send();
            connection.ping();
            connection.socket().getOutputStream().write(new byte[] { 0, 0 });
            assertThat(connection.answer(1)).contains("\"requestId\"");
            assertEnds(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 8, 9, 12 })
    void an_incomplete_frame_closes_the_connection(int bytes) throws IOException {
        try (var connection = connect()) {
            connection.ping();
            connection.socket().getOutputStream().write(Arrays.copyOf(new byte[] { 0, 0, 8, RawHttp2.PING }, bytes));
            assertEnds(connection);
        }
    }

    @Test
    void an_endless_header_block_closes_the_connection() throws IOException {
        try (var connection = connect()) {
            connection.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(VERIFICATIONS, JSON)).send();
            assertEnds(connection);
        }
    }

    @Test
    void an_incomplete_preface_closes_the_connection() throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(RawHttp2.PREFACE.substring(0, 10).getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @Test
    void an_upgrade_offer_gets_an_http_1_response() throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(30_000);
            var question = question(8);
            socket.getOutputStream().write(String.join("\r\n", "POST " + VERIFICATIONS + " HTTP/1.1", "Host: localhost",
                    "Content-Type: application/json", "Content-Length: " + question.length(),
                    "Connection: Upgrade, HTTP2-Settings", "Upgrade: H2C", "HTTP2-Settings: AAMAAABkAAQAAP__", "", "")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            socket.getOutputStream().write('G');
            assertThat(socket.getInputStream().readAllBytes()).as("watched as well").isNotEmpty();
        }
    }

    private static void assertEnds(RawHttp2 connection) {
        assertThatThrownBy(() -> connection.await(frame -> false)).isInstanceOfAny(EOFException.class, SocketException.class);
    }
}
