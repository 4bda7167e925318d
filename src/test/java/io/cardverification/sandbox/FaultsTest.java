package io.cardverification.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cardverification.testing.ManyRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Injected faults, observed at the socket. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class FaultsTest extends FaultsFixture {

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

    @Test
    void above_the_daily_limit_the_result_is_minus_18_and_free() throws IOException {
        rules("{\"dailyLimit\":1}");
        var body = GOOD.replace("Wei Xiaobao", "Nobody Else").replace("11204416541220243X", "112044165412202430");
        raw(request(body, Map.of()));
        assertThat(response(raw(request(body, Map.of()))).getString("Result")).isEqualTo("-18");
        assertThat(lastArrival()).containsEntry("charged", false).containsEntry("code", "-18");
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
}
