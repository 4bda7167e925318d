package io.cardverification.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.SamplePerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** The gateway rejects malformed requests by their form, and sends nothing upstream. */
@QuarkusTest
class HttpRequestFormsTest {

    private static final String GOOD = SamplePerson.json();
    private static final String JSON = "Content-Type: application/json\r\n";

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String post(String headers, byte[] body) throws IOException {
        return raw("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "Content-Length: "
                + body.length + "\r\n\r\n", body);
    }

    /** The complete response, until the gateway closes the connection. */
    private static String raw(String head, byte[] body) throws IOException {
        return raw(RestAssured.port, head, body);
    }

    private static String raw(int port, String head, byte[] body) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            var request = new ByteArrayOutputStream();
            request.writeBytes(latin(head));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void refused(String answer, int status, String type) {
        assertThat(answer.replaceFirst("^HTTP/1.0", "HTTP/1.1")).startsWith("HTTP/1.1 " + status + " ").contains(
                "application/problem+json",
                "urn:problem:card-verification:" + type, "\"charged\":false");
    }

    private static int arrivals() {
        return given().port(FreePorts.sandbox()).get("/_sandbox/counters").jsonPath().getInt("requests");
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                latin(GOOD.replace("Wei Xiaobao", "\u00c1\u00ba\u00c6\u00bd")), // in GBK, an overlong form in UTF-8
                latin(GOOD.replace("6226", "\u00c0\u00b6\u00c0\u00b2\u00c0\u00b2\u00c0\u00b6")),
                latin(GOOD.replace("}", ",\"certType\":\u00c0\u00b0}")),
                latin(GOOD.replace("Wei", "\u00e0\u0081\u0081")), // overlong, three bytes
                latin(GOOD.replace("Wei", "\u00ed\u00a0\u0080\u00ed\u00b0\u0080")), // a surrogate pair, each in UTF-8
                latin(GOOD.replace("Wei", "\u00f4\u0090\u0080\u0080")), // beyond U+10FFFF
                latin(GOOD.replace("Wei", "\u00f8\u0088\u0080\u0080\u0080")), // five bytes
                latin(GOOD.replace("Wei", "\u00ff")),
                GOOD.getBytes(StandardCharsets.UTF_16), GOOD.getBytes(StandardCharsets.UTF_16BE),
                GOOD.getBytes(StandardCharsets.UTF_16LE), GOOD.getBytes(Charset.forName("UTF-32")),
                GOOD.getBytes(Charset.forName("UTF-32LE")));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void json_that_is_not_utf_8_is_malformed_and_not_sent(byte[] body) throws IOException {
        var before = arrivals();
        refused(post(JSON, body), 400, "malformed-json");
        assertThat(arrivals()).isEqualTo(before);
    }

    @Test
    void a_byte_order_mark_before_the_json_is_skipped() throws IOException {
        assertThat(post(JSON, ("\ufeff" + GOOD).getBytes(StandardCharsets.UTF_8))).startsWith("HTTP/1.1 200 ");
        refused(post(JSON, ("\ufeff\ufeff" + GOOD).getBytes(StandardCharsets.UTF_8)), 400, "malformed-json");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Content-Type:\r\n", "Content-Type: */*\r\n", "Content-Type: application/*\r\n",
            "Content-Type: text/plain\r\n", "Content-Type: text/plain;charset=UTF-8\r\n",
            "Content-Type: application/x-www-form-urlencoded\r\n", "Content-Type: multipart/form-data; boundary=x\r\n",
            "Content-Type: text/plain;application/json\r\n", "Content-Type: text/plain, application/json\r\n",
            "Content-Type: application/json, text/plain\r\n", "Content-Type: application/json;\r\nContent-Type: text/plain\r\n",
            JSON + JSON, "Content-Type: application/json; charset=GBK\r\n",
            "Content-Type: application/json;charset=\"gbk\"\r\n",
            "Content-Type: application/json; charset=utf-16\r\n",
            "Content-Type: application/json; charset=utf-8; charset=gbk\r\n",
            "Content-Type: application/json; charset\r\n", "Content-Type: application/problem+json\r\n",
            "Content-Type: json\r\n" })
    void body_not_declared_as_json_in_utf_8_is_415(String contentType) throws IOException {
        var before = arrivals();
        refused(post(contentType, latin(GOOD)), 415, "unsupported-media-type");
        assertThat(arrivals()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "Application/JSON", "application/json;charset=utf-8",
            "application/json; charset=\"UTF-8\"", "application/json; v=1;", "application/json; profile=\"a, b\"" })
    void content_type_of_json_in_utf_8_has_many_spellings(String contentType) throws IOException {
        assertThat(post("Content-Type: " + contentType + "\r\n", latin(GOOD))).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({ "gzip,415", "'gzip, identity',415", "br,415", "identity,200", "Identity,200", "'',200" })
    void a_content_coding_other_than_identity_is_415(String coding, int status) throws IOException {
        var answer = post(JSON + "Content-Encoding: " + coding + "\r\n", latin(GOOD));
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        if (status == 415) {
            refused(answer, 415, "unsupported-media-type");
            assertThat(answer).containsIgnoringCase("\r\nAccept-Encoding: identity\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "HTTP/1.1 | Host: a_Host: b_Content-Length: 2             | 400 | invalid-http-request",
            "HTTP/1.1 | Host: a_Host: a_Content-Length: 2             | 400 | invalid-http-request",
            "HTTP/1.0 | Host: a_Transfer-Encoding: chunked            | 400 | invalid-http-request",
            "HTTP/1.1 | Host: a_Transfer-Encoding: chunked, chunked   | 400 | invalid-http-request",
            "HTTP/1.1 | Host: a_Transfer-Encoding: gzip, chunked      | 501 | unknown-transfer-coding",
            "HTTP/1.1 | Host: a_Transfer-Encoding: gzip               | 501 | unknown-transfer-coding",
            "HTTP/1.1 | Host: a_Transfer-Encoding: xchunked           | 501 | unknown-transfer-coding",
            "HTTP/1.1 | Host: a_Transfer-Encoding: identity           | 501 | unknown-transfer-coding",
            "HTTP/1.1 | Host: a_Transfer-Encoding: chunked_Content-Length: 2 | 400 | invalid-http-request",
            "HTTP/1.2 | Host: a_Content-Length: 2                     | 505 | unsupported-http-version",
            "HTTP/2.0 | Host: a_Content-Length: 2                     | 505 | unsupported-http-version",
            "HTTP/0.9 | Host: a_Content-Length: 2                     | 505 | unsupported-http-version" })
    void invalid_http_is_rejected_and_the_connection_closed(String version, String lines, int status, String type)
            throws IOException {
        refused(raw("POST /v1/verifications " + version + "\r\n" + JSON + lines.replace("_", "\r\n") + "\r\n\r\n", latin("{}")),
                status, type);
        assertThat(raw("POST / " + version + "\r\n" + JSON + lines.replace("_", "\r\n") + "\r\n\r\n", latin("{}")))
                .startsWith(version.equals("HTTP/1.0") ? "HTTP/1.0 " + status : "HTTP/1.1 " + status)
                .contains("{\"Response\":{\"Error\":{\"Code\":");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "HTTP/1.2 | Host: a | 505", "HTTP/1.1 | Host: a_Host: b | 400",
            "HTTP/1.1 | Host: a_Transfer-Encoding: gzip, chunked | 501", "HTTP/1.0 | Transfer-Encoding: chunked | 400" })
    void management_port_rejects_and_closes_invalid_http(String version, String lines, int status) throws IOException {
        assertThat(
                raw(ManagementClient.port(), "GET /q/health/live " + version + "\r\n" + lines.replace("_", "\r\n") + "\r\n\r\n",
                        new byte[0]))
                .matches("(?s)HTTP/1.[01] " + status + " .*");
    }

    @Test
    void response_before_a_rejected_request_comes_first() throws IOException {
        var answers = raw("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\n" + JSON + "Content-Length: " + GOOD.length()
                + "\r\n\r\n" + GOOD + "POST /v1/verifications HTTP/1.2\r\nHost: localhost\r\n\r\n", new byte[0]);
        assertThat(answers.indexOf("HTTP/1.1 200 ")).isZero();
        assertThat(answers.indexOf("HTTP/1.1 505 ")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "BREW" })
    void every_other_method_gets_the_same_allow_header(String method) throws IOException {
        var answer = raw(method + " /v1/verifications HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", new byte[0]);
        assertThat(answer).startsWith("HTTP/1.1 405 ");
        assertThat(answer.lines().filter(line -> line.regionMatches(true, 0, "Allow:", 0, 6))).containsExactly("Allow: POST");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/verifications", "/", "/nowhere", "/v1/nowhere" })
    void every_response_has_one_date(String path) throws IOException {
        assertThat(raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + JSON
                + "Content-Length: 2\r\n\r\n", latin("{}")).lines())
                .filteredOn(line -> line.regionMatches(true, 0, "Date:", 0, 5)).singleElement().asString()
                .matches("(?i)date: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT");
    }
}
