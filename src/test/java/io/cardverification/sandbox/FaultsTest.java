package io.cardverification.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.FreePorts;
import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;

/** Injected faults, observed at the socket. */
@QuarkusTest
@TestProfile(SandboxTest.Unhurried.class)
class FaultsTest {

    private static final String GOOD = "{\"IdCard\":\"11204416541220243X\",\"Name\":\"Wei Xiaobao\",\"BankCard\":\"6226090210146748\"}";

    private int port;

    @BeforeEach
    void findSandbox() {
        port = FreePorts.sandbox();
    }

    private String request(String body, Map<String, String> more) {
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
    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String ask(String fault) throws IOException {
        return raw(request(GOOD, Map.of("Sandbox-Fault", fault)));
    }

    private static JsonPath get(int port, String path) {
        return given().port(port).get(path).then().statusCode(200).extract().jsonPath();
    }

    private Map<String, Object> lastArrival() {
        var arrivals = get(port, "/_sandbox/requests").<Map<String, Object>> getList("requests");
        return arrivals.get(arrivals.size() - 1);
    }

    private void rules(String rules) {
        given().port(port).body(rules).patch("/_sandbox/settings").then().statusCode(200);
    }

    @AfterEach
    void quiet() {
        rules("{\"faults\":[],\"dailyLimit\":500}");
    }

    @ParameterizedTest
    @CsvSource({ "http-500,500,true", "http-502,502,true", "http-429,429,false" })
    void proxy_failure_responds_in_html(String fault, int status, boolean charged) throws IOException {
        assertThat(ask(fault)).startsWith("HTTP/1.1 " + status).contains("text/html").doesNotContain("Response");
        assertThat(lastArrival()).containsEntry("charged", charged).containsEntry("fault", fault);
    }

    @Test
    void reset_before_body_is_not_charged() {
        assertThatThrownBy(() -> ask("reset-before-body")).isInstanceOf(IOException.class).hasMessageContaining("reset");
        assertThat(lastArrival()).containsEntry("charged", false).containsEntry("code", "none")
                .doesNotContainKey("fingerprint");
    }

    @Test
    void reset_after_body_is_charged() {
        assertThatThrownBy(() -> ask("reset-after-body")).isInstanceOf(IOException.class).hasMessageContaining("reset");
        assertThat(lastArrival()).containsEntry("charged", true).containsEntry("code", "0");
    }

    @Test
    void never_answer_is_charged() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(300);
            socket.getOutputStream()
                    .write(request(GOOD, Map.of("Sandbox-Fault", "never-answer")).getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(lastArrival()).containsEntry("charged", true).containsEntry("fault", "never-answer");
    }

    @Test
    void truncate_sends_half_of_the_response() throws IOException {
        var answer = ask("truncate");
        var length = Integer.parseInt(answer.replaceFirst("(?is).*content-length: ([0-9]+).*", "$1"));
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(length / 2).startsWith("{\"Response\"");
    }

    @Test
    void wrong_content_type_is_sent() throws IOException {
        assertThat(ask("wrong-content-type")).startsWith("HTTP/1.1 200").contains("text/html", "\"Result\":\"0\"");
    }

    @Test
    void slow_bytes_sends_byte_by_byte() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(request(GOOD, Map.of("Sandbox-Fault", "slow-bytes")).getBytes(StandardCharsets.UTF_8));
            var pieces = 0;
            var text = new StringBuilder();
            var buffer = new byte[1024];
            for (int read; (read = socket.getInputStream().read(buffer)) >= 0; pieces++) {
                text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
            assertThat(pieces).isGreaterThan(20);
            assertThat(text).endsWith("}}").contains("\"Result\":\"0\"");
        }
    }

    @Test
    void error_fault_returns_any_error_code() throws IOException {
        assertThat(ask("error UnauthorizedOperation.Arrears")).contains("\"Code\":\"UnauthorizedOperation.Arrears\"");
        assertThat(lastArrival()).containsEntry("fingerprint", RequestFingerprintsTest.GOOD);
        assertThat(ask("error Nonsense")).contains("InvalidParameterValue", "Sandbox-Fault: a fault is one of");
    }

    @Test
    void numbered_rule_applies_that_often_and_counters_show_it() throws IOException {
        rules("{\"faults\":[\"2x http-502\"]}");
        var before = get(port, "/_sandbox/counters");
        assertThat(raw(request(GOOD, Map.of()))).startsWith("HTTP/1.1 502");
        assertThat(raw(request(GOOD, Map.of()))).startsWith("HTTP/1.1 502");
        assertThat(raw(request(GOOD, Map.of()))).startsWith("HTTP/1.1 200");
        var after = get(port, "/_sandbox/counters");
        assertThat(after.getInt("requests") - before.getInt("requests")).isEqualTo(3);
        assertThat(after.getInt("charged") - before.getInt("charged")).isEqualTo(3);
        assertThat(after.getInt("byFault.'http-502'")).isGreaterThanOrEqualTo(2);
    }

    private static JsonObject response(String answer) {
        return new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4)).getJsonObject("Response");
    }

    @Test
    void above_the_daily_limit_the_result_is_minus_18_and_free() throws IOException {
        rules("{\"dailyLimit\":1}");
        var body = GOOD.replace("Wei Xiaobao", "Nobody Else").replace("11204416541220243X", "112044165412202430");
        raw(request(body, Map.of()));
        assertThat(response(raw(request(body, Map.of()))).getString("Result")).isEqualTo("-18");
        assertThat(lastArrival()).containsEntry("charged", false).containsEntry("code", "-18");
    }

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"EncryptList\":[\"Phone\"]}                                          | InvalidParameter.UnsupportEncryptField",
            "{\"EncryptList\":[\"Name\"],\"Algorithm\":\"AES-128\"}                 | InvalidParameterValue",
            "{\"EncryptList\":[\"Name\"],\"Algorithm\":\"SM4-GCM\"}                 | InvalidParameterValue",
            "{\"EncryptList\":[\"Name\"],\"TagList\":[\"x\"]}                       | InvalidParameterValue",
            "{\"EncryptList\":[\"Name\"],\"CiphertextBlob\":\"a-k-b-k-c\"}          | FailedOperation.StsUnAuthErrError",
            "{\"EncryptList\":[\"Name\"],\"CiphertextBlob\":\"AAAA\",\"Iv\":\"AA\"} | FailedOperation.DecryptSystemError",
            "{\"EncryptList\":[1]}                                                  | InvalidParameter",
            "{\"Key\":\"x\"}                                                        | UnknownParameter",
            "{\"Iv\":1}                                                             | InvalidParameter",
            "1                                                                      | InvalidParameter" })
    void wrong_encryption_gets_its_documented_error(String encryption, String code) throws IOException {
        var answer = raw(request(GOOD.replace("}", ",\"Encryption\":" + encryption + "}"), Map.of()));
        assertThat(response(answer).getJsonObject("Error").getString("Code")).isEqualTo(code);
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
        var refused = false;
        var open = false;
        while (!refused || !open) {
            try (var socket = new Socket("localhost", port)) {
                open = refused && socket.isConnected();
            } catch (IOException e) {
                refused = true;
            }
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
