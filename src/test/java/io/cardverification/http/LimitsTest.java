package io.cardverification.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManagementClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** Rejects input above the limits of size. Every response has the headers for browsers and caches. */
@QuarkusTest
class LimitsTest {

    /** @return the status */
    private static String exchange(int port, String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 40, 3_000 })
    void rejects_headers_above_20_kib_of_any_count(int count) throws IOException {
        for (var port : new int[] { RestAssured.port, ManagementClient.port() }) {
            var header = "x: " + "1".repeat(24_000 / count) + "\r\n";
            assertThat(exchange(port, "GET / HTTP/1.1\r\nHost: localhost\r\n" + header.repeat(count) + "\r\n"))
                    .isEqualTo("431");
        }
    }

    @ParameterizedTest
    @CsvSource({ "70000,true", "5000,false" })
    void rejects_a_too_long_request_target(int length, boolean isGateway) throws IOException {
        assertThat(exchange(isGateway ? RestAssured.port : ManagementClient.port(),
                "GET /" + "a".repeat(length) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEqualTo("414");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/verifications", "/nowhere", "/", "/q/openapi" })
    void every_gateway_response_has_cache_and_security_headers(String path) {
        assertHeaders(given().get(path));
        assertHeaders(given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}").post(path));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/q/health", "/q/metrics", "/q/pacing", "/nowhere" })
    void every_management_response_has_these_headers(String path) {
        assertHeaders(ManagementClient.get(path));
    }

    private static void assertHeaders(Response answer) {
        answer.then().header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.headers().asList()).extracting(header -> header.getName().toLowerCase(Locale.ROOT))
                .doesNotContain("server", "x-powered-by", "strict-transport-security").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = { "[", "{\"bankCard\":", "{\"encryption\":{\"x\":" })
    void deeply_nested_json_is_malformed_or_invalid(String level) {
        assertRejected(level.repeat(1_000));
        assertRejected("{\"name\":\"Wei\",\"encryption\":" + level.repeat(1_000));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"name\":\"Wei\",\"name\":\"Wei\"}", "{\"certType\":1e999999999}", "{\"certType\":-1E-99999}" })
    void rejects_json_with_duplicate_members_or_huge_numbers(String body) {
        assertRejected(body);
        assertRejected(body.replaceFirst("}$", ",\"certType\":" + "9".repeat(50_000) + "}"));
        assertRejected("{\"" + "n".repeat(50_000) + "\":1}");
    }

    private static void assertRejected(String body) {
        var problem = given().contentType(ContentType.JSON).body(body).post("/v1/verifications").then().statusCode(400)
                .contentType("application/problem+json").body("charged", equalTo(false)).extract().asString();
        assertThat(problem).doesNotContain("Wei", "999", "Exception", "\tat ").hasSizeLessThan(600);
    }
}
