package io.cardverification.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManyRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Invalid HTTP, unknown paths and closed ports of the sandbox, observed at the socket. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class SandboxHttpTest extends FaultsFixture {

    @ParameterizedTest
    @ValueSource(strings = { "NONSENSE\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nNonsense\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /nope HTTP/1.1\r\nConnection: close\r\n\r\n" })
    void invalid_http_gets_an_envelope_and_no_4xx(String garbage) throws IOException {
        var answer = raw(garbage);
        assertThat(answer).containsPattern("^HTTP/1.[01] 200").contains("application/json");
        assertThat(response(answer).getJsonObject("Error").getString("Code")).isNotEmpty();
        assertThat(response(answer).getString("RequestId")).matches("[0-9a-f-]{36}");
    }

    @Test
    void broken_body_framing_ends_the_connection() throws IOException {
        assertThat(raw("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")).isEmpty();
    }

    @Test
    void invalid_signature_is_diagnosed_at_its_path() throws IOException {
        var sent = request(GOOD, Map.of()).replace("Content-Type: application/json", "Content-Type: text/plain");
        var requestId = response(raw(sent)).getString("RequestId");
        var diagnoses = get(port, "/_sandbox/rejections").<Map<String, String>> getList("rejections");
        assertThat(diagnoses.get(diagnoses.size() - 1)).containsEntry("requestId", requestId)
                .containsEntry("code", "AuthFailure.SignatureFailure")
                .containsEntry("diagnosis", "content-type differs: `application/json` was signed, `text/plain` was sent");
        assertThat(diagnoses.toString()).doesNotContain("SANDBOXEXAMPLEKEY", "Wei", "6226");
    }

    @Test
    void refused_connections_are_not_counted() throws IOException {
        var before = get(port, "/_sandbox/counters").getInt("requests");
        assertThatThrownBy(() -> ask("refuse-connections")).isInstanceOf(IOException.class);
        awaitReopened();
        assertThat(get(port, "/_sandbox/counters").getInt("requests")).isEqualTo(before);
        assertThat(raw(request(GOOD, Map.of()))).contains("\"Result\":\"0\"");
    }

    /** Waits until connections are refused, then until they are accepted again. */
    private void awaitReopened() {
        await().until(() -> !isOpen());
        await().until(this::isOpen);
    }

    private boolean isOpen() {
        try (var socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void unknown_sandbox_path_lists_the_known_paths() {
        given().port(port).get("/_sandbox/reqests").then().statusCode(404).body(containsString("GET   /_sandbox/requests"));
        given().port(port).put("/_sandbox/settings").then().statusCode(404);
    }

    @Test
    void port_closes_for_the_requested_time() throws IOException {
        given().port(port).post("/_sandbox/close-port?millis=300").then().statusCode(200);
        awaitReopened();
        assertThat(raw(request(GOOD, Map.of()))).contains("\"Result\":\"0\"");
        given().port(port).post("/_sandbox/close-port?millis=0").then().statusCode(400);
        given().port(port).post("/_sandbox/close-port").then().statusCode(400);
    }
}
