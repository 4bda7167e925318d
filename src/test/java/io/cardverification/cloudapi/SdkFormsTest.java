package io.cardverification.cloudapi;

import static io.cardverification.cloudapi.SignedCall.GOOD;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.cardverification.testing.FreePorts;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** Signed but malformed requests get an envelope, and the gateway sends nothing upstream. */
@QuarkusTest
class SdkFormsTest {

    private static int arrivals() {
        return given().port(FreePorts.sandbox()).get("/_sandbox/counters").jsonPath().getInt("requests");
    }

    /** With signature version 3. */
    private static String post(String contentType, String body, String... more) throws IOException {
        var headers = new Signer(Action.BANK_CARD_VERIFICATION, new Credentials("AKIDCALLEREXAMPLE", "CALLEREXAMPLEKEY", null))
                .sign("localhost:" + RestAssured.port, contentType, body.getBytes(StandardCharsets.UTF_8), Instant.now());
        return raw("POST / HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\nContent-Type: " + contentType + "\r\n"
                + headers.entrySet().stream().filter(header -> !header.getKey().equalsIgnoreCase("content-type")
                        && !header.getKey().equalsIgnoreCase("host"))
                        .map(header -> header.getKey() + ": " + header.getValue() + "\r\n").collect(Collectors.joining())
                + String.join("", more), body);
    }

    /** With signature version 1. */
    private static String form(String contentType) throws IOException {
        return raw("POST / HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\nContent-Type: " + contentType + "\r\n",
                SignedCall.v1("POST", RestAssured.port,
                        Map.of("IdCard", "11204416541220243X", "Name", "Wei Xiaobao", "BankCard",
                                "6226090210146748")));
    }

    private static String raw(String head, String body) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream().write((head + "Connection: close\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void refused(String answer, String code) {
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Content-Type: application/json\r\n", "Gateway-Charged: false",
                "{\"Response\":{\"Error\":{\"Code\":\"" + code + "\"");
    }

    private static void passed(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"Result\":\"0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = { "text/plain", "application/json; charset=gbk", "application/json;charset=\"utf-16\"",
            "application/json, text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "*/*" })
    void a_signed_body_of_another_type_or_charset_is_refused(String contentType) throws IOException {
        var before = arrivals();
        refused(post(contentType, GOOD), "UnsupportedProtocol");
        assertThat(arrivals()).isEqualTo(before);
    }

    @Test
    void a_second_content_type_is_refused() throws IOException {
        refused(post("application/json", GOOD, "Content-Type: text/plain\r\n"), "UnsupportedProtocol");
    }

    @Test
    void a_content_coding_other_than_identity_is_refused() throws IOException {
        refused(post("application/json", GOOD, "Content-Encoding: gzip\r\n"), "UnsupportedProtocol");
        passed(post("application/json; charset=utf-8", GOOD, "Content-Encoding: identity\r\n"));
    }

    @Test
    void a_form_in_another_charset_is_refused() throws IOException {
        passed(form("application/x-www-form-urlencoded; charset=utf-8"));
        refused(form("application/x-www-form-urlencoded; charset=gbk"), "UnsupportedProtocol");
    }

    @Test
    void authentication_error_comes_first() throws IOException {
        refused(raw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n", GOOD), "MissingParameter");
    }

    @ParameterizedTest
    @ValueSource(strings = { "%C1%BA%C6%BD", "%ED%A0%80", "%F4%90%80%80", "%E0%81%81" })
    void a_query_that_is_not_utf_8_is_refused(String name) {
        given().urlEncodingEnabled(false).get("/?Action=BankCardVerification&Signature=x&Name=" + name).then()
                .body("Response.Error.Code", is("InvalidParameter"), "Response.Error.Message",
                        is("The parameters are not URL-encoded UTF-8."));
    }

    @Test
    void byte_order_mark_before_the_json_is_skipped() throws IOException {
        passed(post("application/json", "\ufeff" + GOOD));
    }

    @Test
    void invisible_name_is_rejected() throws IOException {
        for (var name : new String[] { "\u2800", "\\u034f", "\\ud800", "\ufffd" }) {
            refused(post("application/json", GOOD.replace("Wei Xiaobao", name)), "InvalidParameterValue");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "//", "//?", "///", "/path/", "/path//", "//path/" })
    void path_in_the_endpoint_gets_an_envelope(String path) throws IOException {
        for (var contentType : new String[] { "application/x-www-form-urlencoded; charset=utf-8",
                "application/json\r\nAuthorization: TC3-HMAC-SHA256 x" }) {
            assertThat(raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType + "\r\n", "{}"))
                    .startsWith("HTTP/1.1 200 ").contains("{\"Response\":{\"Error\":{\"Code\":");
        }
    }
}
