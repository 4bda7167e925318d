package io.cardverification.edge;

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

import io.cardverification.Operations;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** What is larger than any question is told so, and every answer has what browsers and caches are to know. */
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
    void headers_of_more_than_20_kib_are_refused_however_many_they_are(int count) throws IOException {
        for (var port : new int[] { RestAssured.port, Operations.port() }) {
            var header = "x: " + "1".repeat(24_000 / count) + "\r\n";
            assertThat(exchange(port, "GET / HTTP/1.1\r\nHost: localhost\r\n" + header.repeat(count) + "\r\n"))
                    .isEqualTo("431");
        }
    }

    @ParameterizedTest
    @CsvSource({ "70000,true", "5000,false" })
    void an_address_that_is_too_long_is_refused(int length, boolean isGateway) throws IOException {
        assertThat(exchange(isGateway ? RestAssured.port : Operations.port(),
                "GET /" + "a".repeat(length) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEqualTo("414");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/verifications", "/nowhere", "/", "/q/openapi" })
    void every_answer_of_the_gateway_says_what_may_be_done_with_it(String path) {
        said(given().get(path));
        said(given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}").post(path));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/q/health", "/q/metrics", "/q/pacing", "/nowhere" })
    void every_answer_of_the_management_port_does(String path) {
        said(Operations.get(path));
    }

    private static void said(Response answer) {
        answer.then().header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.headers().asList()).extracting(header -> header.getName().toLowerCase(Locale.ROOT))
                .doesNotContain("server", "x-powered-by", "strict-transport-security").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = { "[", "{\"bankCard\":", "{\"encryption\":{\"x\":" })
    void json_a_thousand_deep_is_malformed_or_wrong_but_no_defect(String level) {
        refused(level.repeat(1_000));
        refused("{\"name\":\"Wei\",\"encryption\":" + level.repeat(1_000));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"name\":\"Wei\",\"name\":\"Wei\"}", "{\"certType\":1e999999999}", "{\"certType\":-1E-99999}" })
    void json_with_a_member_twice_or_a_monstrous_number_is_refused(String body) {
        refused(body);
        refused(body.replaceFirst("}$", ",\"certType\":" + "9".repeat(50_000) + "}"));
        refused("{\"" + "n".repeat(50_000) + "\":1}");
    }

    private static void refused(String body) {
        var problem = given().contentType(ContentType.JSON).body(body).post("/v1/verifications").then().statusCode(400)
                .contentType("application/problem+json").body("charged", equalTo(false)).extract().asString();
        assertThat(problem).doesNotContain("Wei", "999", "Exception", "\tat ").hasSizeLessThan(600);
    }
}
