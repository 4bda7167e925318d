package io.cardverification.edge;

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

import io.cardverification.Operations;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** Who sends by the drop, over sockets: no client library can be made to. */
@QuarkusTest
@TestProfile(SlowRequestGuardTest.Impatient.class)
class SlowRequestGuardTest {

    private static final String HEAD = "POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String GOOD = "{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}";

    /** An answer takes several times what its request may. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.edge.request-timeout", "500ms", "gateway.sandbox.latency", "2s");
        }
    }

    /** Where nothing tells that a port is open, the first request does. */
    @BeforeEach
    void somebody_has_asked() {
        Operations.get("/q/health/live").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET / HTTP/1.1\r\nX-Slow: ", HEAD + "X-Slow: ", HEAD + "Content-Length: 5000\r\n\r\n{",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n1388\r\n{" })
    void who_dribbles_to_the_gateway_is_ended(String beginning) throws IOException {
        assertThat(dribble(RestAssured.port, beginning)).isLessThan(4_000);
    }

    @Test
    void who_dribbles_to_the_management_port_is_ended() throws IOException {
        assertThat(dribble(Operations.port(), "GET /q/metrics HTTP/1.1\r\nX-Slow: ")).isLessThan(4_000);
    }

    @Test
    void a_second_request_is_watched_as_the_first_is() throws IOException {
        try (var socket = connect(RestAssured.port)) {
            send(socket, "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(socket.getInputStream().read()).isPositive();
            assertThat(dribble(socket, HEAD + "X-Slow: ")).isLessThan(4_000);
        }
    }

    @Test
    void a_pipelined_request_is_watched_as_the_first_is() throws IOException {
        try (var socket = connect(RestAssured.port)) {
            send(socket,
                    HEAD + "Content-Length: " + GOOD.length() + "\r\n\r\n" + GOOD + HEAD + "Content-Length: 5000\r\n\r\n{");
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"requestId\"").endsWith("}");
        }
    }

    @Test
    void an_idle_connection_may_wait_and_so_may_who_is_to_be_answered() throws IOException {
        try (var socket = connect(RestAssured.port)) {
            for (var i = 0; i < 2; i++) {
                socket.setSoTimeout(1_500);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                socket.setSoTimeout(20_000);
                send(socket, HEAD + "Content-Length: " + GOOD.length() + "\r\n\r\n" + GOOD);
                var answer = new StringBuilder();
                while (!answer.toString().contains("\"requestId\"") || answer.charAt(answer.length() - 1) != '}') {
                    answer.append((char) socket.getInputStream().read());
                }
                assertThat(answer).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    private static int dribble(int port, String beginning) throws IOException {
        try (var socket = connect(port)) {
            return dribble(socket, beginning);
        }
    }

    /** @return how many bytes could be sent, one in ten milliseconds or so, before the other side had enough */
    private static int dribble(Socket socket, String beginning) throws IOException {
        send(socket, beginning);
        socket.setSoTimeout(10);
        for (var sent = 0; sent < 4_000; sent++) {
            try {
                send(socket, "a");
                if (socket.getInputStream().read() < 0) {
                    return sent;
                }
            } catch (SocketTimeoutException stillOpen) {
                // Next.
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
