package io.cardverification.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.attack.Http2Bytes;
import io.cardverification.testing.ManagementClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** Limits of one connection, with and without a key, over sockets. */
@QuarkusTest
@TestProfile(ConnectionsTest.Guarded.class)
class ConnectionsTest {

    private static final String KEY = "Bearer cvg_EXAMPLE_OPENS_THE_SANDBOX_AND_NOTHING_ELSE_";
    private static final String BODY = "{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}";
    private static final String QUESTION = "POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
            + "\r\nAuthorization: " + KEY + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
    private static final String NOPE = "GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;

    /** A response takes several times the idle timeout of an unauthenticated connection. */
    public static final class Guarded implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.callers.anonymous", "false", "gateway.http.write-timeout", "500ms",
                    "gateway.http.unauthenticated-idle-timeout", "200ms", "gateway.http.max-unread-bytes", "262144",
                    "gateway.sandbox.latency", "1s", "gateway.sandbox.daily-limit", "0", "gateway.http.request-timeout", "5s");
        }
    }

    private static Socket connect() throws IOException {
        var socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String status(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9);
    }

    /** @return whether the server closes the connection within twenty seconds */
    private static boolean isClosed(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Earlier responses.
            }
        } catch (IOException reset) {
            return !(reset instanceof SocketTimeoutException);
        }
        return true;
    }

    private static double closed(CloseReason reason) {
        return ManagementClient.given().accept("text/plain").get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("gateway_connections_closed_total{reason=\"" + reason.label() + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", NOPE, NOPE + NOPE,
            "GET /nope HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer cvg_nobodys\r\n\r\n" })
    void closes_an_idle_connection_without_a_valid_key(String sent) throws IOException {
        var before = closed(CloseReason.UNAUTHENTICATED_IDLE);
        try (var socket = connect()) {
            send(socket, sent);
            assertThat(isClosed(socket)).isTrue();
        }
        assertThat(closed(CloseReason.UNAUTHENTICATED_IDLE)).isGreaterThan(before);
    }

    @Test
    void keeps_an_idle_or_waiting_connection_with_a_valid_key() throws IOException {
        try (var socket = connect()) {
            for (var i = 0; i < 2; i++) {
                send(socket, QUESTION);
                assertThat(status(socket)).isEqualTo("200");
                socket.setSoTimeout(1_000);
                assertThatThrownBy(() -> {
                    while (socket.getInputStream().read() >= 0) {
                        // The rest of the response.
                    }
                }).isInstanceOf(SocketTimeoutException.class);
                socket.setSoTimeout(20_000);
            }
        }
    }

    @Test
    void the_openapi_document_needs_a_valid_key() {
        given().get("/q/openapi").then().statusCode(401).contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer");
        given().header("Authorization", "Bearer cvg_nobodys").get("/q/openapi.json").then().statusCode(401);
        given().header("Authorization", KEY).get("/q/openapi").then().statusCode(200);
    }

    @Test
    void stops_reading_and_closes_a_client_that_does_not_read() throws IOException {
        var before = closed(CloseReason.UNREAD_RESPONSE) + closed(CloseReason.UNAUTHENTICATED_IDLE);
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.setSoTimeout(20_000);
            socket.connect(connectedTo());
            assertThatThrownBy(() -> {
                for (var i = 0; i < 20_000; i++) {
                    send(socket, NOPE.repeat(20));
                }
            }).isInstanceOf(IOException.class);
        }
        assertThat(closed(CloseReason.UNREAD_RESPONSE) + closed(CloseReason.UNAUTHENTICATED_IDLE)).isGreaterThan(before);
    }

    private static SocketAddress connectedTo() throws IOException {
        try (var socket = connect()) {
            return socket.getRemoteSocketAddress();
        }
    }

    @Test
    void closes_with_over_100_requests_behind_a_waiting_one() throws IOException {
        var before = closed(CloseReason.PIPELINING);
        try (var socket = connect()) {
            send(socket, QUESTION + NOPE.repeat(90));
            assertThat(status(socket)).isEqualTo("200");
        }
        assertThat(closed(CloseReason.PIPELINING)).isEqualTo(before);
        try (var socket = connect()) {
            send(socket, QUESTION + NOPE.repeat(110));
            assertThat(isClosed(socket)).isTrue();
        }
        assertThat(closed(CloseReason.PIPELINING)).isEqualTo(before + 1);
    }

    @Test
    void resets_only_the_http2_stream_with_an_unread_response() throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(Http2Bytes.preface(0));
            socket.getOutputStream().write(Http2Bytes.get(1, "/q/openapi", KEY));
            var in = new DataInputStream(socket.getInputStream());
            await(in, RST_STREAM, 1);
            socket.getOutputStream().write(Http2Bytes.get(3, "/nope", ""));
            await(in, HEADERS, 3);
        }
    }

    @Test
    void limits_unread_http2_responses() throws IOException {
        var before = closed(CloseReason.UNREAD_RESPONSE);
        try (var socket = connect()) {
            socket.getOutputStream().write(Http2Bytes.preface(0));
            for (var i = 0; i < 10; i++) {
                socket.getOutputStream().write(Http2Bytes.get(2 * i + 1, "/q/openapi", KEY));
            }
            assertThat(isClosed(socket)).isTrue();
        }
        assertThat(closed(CloseReason.UNREAD_RESPONSE)).isGreaterThan(before);
    }

    /** Reads frames until the expected one. The socket's timeout limits the time. */
    private static void await(DataInputStream in, int type, int stream) throws IOException {
        for (var frames = 0; frames < 1_000; frames++) {
            var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            var found = in.readUnsignedByte();
            in.readUnsignedByte();
            var of = in.readInt();
            in.skipNBytes(length);
            if (found == type && of == stream) {
                return;
            }
        }
        throw new IOException("another frame was expected");
    }
}
