package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManagementClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** Slow requests over sockets. A client library cannot send so slowly. */
@QuarkusTest
@TestProfile(SlowRequestGuardTest.Impatient.class)
class SlowRequestGuardTest {

    private static final String HEAD = "POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String GOOD = "{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}";

    /** A response takes several times the request timeout. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.http.request-timeout", "500ms", "gateway.sandbox.latency", "2s");
        }
    }

    /** Without an event of the open port, the first request installs the guard. */
    @BeforeEach
    void send_first_request() {
        ManagementClient.get("/q/health/live").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET / HTTP/1.1\r\nX-Slow: ", HEAD + "X-Slow: ", HEAD + "Content-Length: 5000\r\n\r\n{",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n1388\r\n{" })
    void closes_a_slow_request_to_the_gateway(String beginning) throws IOException {
        assertThat(sendSlowly(RestAssured.port, beginning)).isLessThan(4_000);
    }

    @Test
    void closes_a_slow_request_to_the_management_port() throws IOException {
        assertThat(sendSlowly(ManagementClient.port(), "GET /q/metrics HTTP/1.1\r\nX-Slow: ")).isLessThan(4_000);
    }

    @Test
    void closes_a_slow_second_request() throws IOException {
        try (var socket = connect(RestAssured.port)) {
            send(socket, "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(socket.getInputStream().read()).isPositive();
            assertThat(sendSlowly(socket, HEAD + "X-Slow: ")).isLessThan(4_000);
        }
    }

    @Test
    void closes_a_slow_pipelined_request() throws IOException {
        try (var socket = connect(RestAssured.port)) {
            send(socket,
                    HEAD + "Content-Length: " + GOOD.length() + "\r\n\r\n" + GOOD + HEAD + "Content-Length: 5000\r\n\r\n{");
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"requestId\"").endsWith("}");
        }
    }

    @Test
    void keeps_idle_connections_and_waiting_callers() throws IOException {
        try (var socket = connect(RestAssured.port)) {
            for (var i = 0; i < 2; i++) {
                socket.setSoTimeout(1_500);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                socket.setSoTimeout(20_000);
                send(socket, HEAD + "Content-Length: " + GOOD.length() + "\r\n\r\n" + GOOD);
                var answer = new StringBuilder();
                for (var bytes = 0; bytes < 10_000 && !answer.toString().matches("(?s).*\"requestId\".*}"); bytes++) {
                    answer.append((char) socket.getInputStream().read());
                }
                assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"requestId\"");
            }
        }
    }

    private static int sendSlowly(int port, String beginning) throws IOException {
        try (var socket = connect(port)) {
            return sendSlowly(socket, beginning);
        }
    }

    /**
     * Sends one byte about every ten milliseconds until the server closes the connection.
     *
     * @return the number of bytes sent
     */
    private static int sendSlowly(Socket socket, String beginning) throws IOException {
        send(socket, beginning);
        socket.setSoTimeout(10);
        for (var sent = 0; sent < 4_000; sent++) {
            try {
                send(socket, "a");
                if (socket.getInputStream().read() < 0) {
                    return sent;
                }
            } catch (SocketTimeoutException stillOpen) {
                // The next byte.
            } catch (IOException reset) {
                return sent;
            }
        }
        return 4_000;
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket("localhost", port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
