package io.cardverification.cloudapi;

import static io.cardverification.cloudapi.SignedCall.GOOD;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.ManyRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/** Requests that official SDKs never send, and the bytes that SDKs rely on. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class TencentCloudApiTest extends TencentCloudApiFixture {

    @Test
    void envelope_is_as_documented_and_headers_have_the_charge() {
        post(GOOD).body("Response.keySet()", containsInAnyOrder("Result", "Description", "RequestId"),
                "Response.Result", is("0")).header("Gateway-Charged", "true").header("Gateway-Upstream", "sandbox");
        post(GOOD.replace("6226090210146748", "6222000000000002")).body("Response.Result", is("-2")).header("Gateway-Charged",
                "false");
    }

    @Test
    void documented_examples_pass_with_their_white_space() {
        get(SignedCall.v1("GET", RestAssured.port, Map.of("IdCard", "11204416541220243X", "Name", "Wei Xiaobao", "BankCard",
                " 6226090210146748"))).body("Response.Result", is("0"));
        get(SignedCall.v1("GET", RestAssured.port, Map.of("IdCard", " 11204416541220243X", "Name", "Wei Xiaobao", "BankCard",
                " 6225768888888888"))).body("Response.Result", is("-1"), "Response.Description", is("Authentication failed"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW" })
    void another_verb_gets_an_envelope(String verb) {
        refused(envelope(given().port(RestAssured.port).request(verb, "/").then()), "UnsupportedProtocol",
                "HTTP(S) request protocol error; only GET and POST requests are supported.");
    }

    @Test
    void empty_or_invalid_request_gets_an_envelope() {
        var missing = "The request is missing a required parameter `Action`.";
        refused(envelope(given().port(RestAssured.port).get("/").then()), "MissingParameter", missing);
        refused(get("=x&%20=y"), "MissingParameter", missing);
        refused(get("%ff"), "InvalidParameter", "The parameters are not URL-encoded UTF-8.");
        refused(envelope(given().port(RestAssured.port).body("Wei Xiaobao").post("/").then()), "MissingParameter", missing);
        refused(envelope(given().port(RestAssured.port).contentType("application/x-www-form-urlencoded").body("%zz=Wei")
                .post("/").then()), "InvalidParameter", "The parameters are not URL-encoded UTF-8.");
    }

    @Test
    void signed_request_on_another_path_gets_an_envelope() {
        var message = "The request `Action` is invalid or not found.";
        refused(envelope(given().port(RestAssured.port).headers(SignedCall.headers(RestAssured.port, new byte[0])).post("/nope")
                .then()), "InvalidAction", message);
        refused(envelope(given().port(RestAssured.port).get("/nope?Action=x&Signature=y").then()), "InvalidAction", message);
        given().port(RestAssured.port).get("/nope").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void another_version_or_action_gets_its_documented_code() {
        var headers = SignedCall.headers(RestAssured.port, GOOD.getBytes(StandardCharsets.UTF_8));
        headers.put("X-TC-Version", "2017-03-12");
        refused(envelope(given().port(RestAssured.port).contentType("application/json").headers(headers).body(GOOD).post("/")
                .then()), "NoSuchVersion", "The API version does not exist.");
        refused(get(SignedCall.v1("GET", RestAssured.port, Map.of("Action", "BankCard2EVerification"))), "InvalidAction",
                "The request `Action` is invalid or not found. Only `BankCardVerification` is served here.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a:b:c\r\nContent-Length: 0\r\n\r\n" })
    void invalid_host_gets_an_envelope(String request) throws Exception {
        assertThat(raw(RestAssured.port, request)).startsWith("HTTP/1.1 200 OK")
                .contains("{\"Response\":{\"Error\":{\"Code\":");
        assertThat(raw(sandboxPort, request)).startsWith("HTTP/1.1 200 OK").contains("{\"Response\":{\"Error\":{\"Code\":")
                .doesNotContain("InternalError");
        assertThat(raw(RestAssured.port, request.replace(" / ", " /v1/verifications ")))
                .startsWith("HTTP/1.1 400").contains("application/problem+json", "\"charged\":false");
    }

    @Test
    void unknown_caller_is_rejected_before_the_body_is_read() throws Exception {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 9000000\r\nX-TC-Action: BankCardVerification\r\nX-TC-Version: 2018-03-01\r\n"
                    + "X-TC-Timestamp: 1\r\nAuthorization: TC3-HMAC-SHA256 Credential=AKIDX/2026-11-24/faceid/tc3_request,"
                    + " SignedHeaders=content-type;host, Signature=" + "0".repeat(64) + "\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 OK").contains("AuthFailure.SecretIdNotFound");
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }

    @Test
    void rejections_are_counted_by_code() {
        refused(get(SignedCall.v1("GET", RestAssured.port, Map.of("SecretId", "AKIDSTRANGER"))), "AuthFailure.SecretIdNotFound",
                "The SecretId is not found, please ensure that your SecretId is correct.");
        assertThat(ManagementClient.get("/q/metrics").asString())
                .containsPattern("gateway_cloudapi_rejected_total\\{code=\"AuthFailure.SecretIdNotFound\"} [1-9]")
                .doesNotContain("AKIDSTRANGER");
    }

    @Test
    void over_http_2_the_authority_is_the_host() throws Exception {
        var body = GOOD.getBytes(StandardCharsets.UTF_8);
        var client = httpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
        var options = new RequestOptions().setMethod(HttpMethod.POST).setHost("localhost").setPort(RestAssured.port)
                .setURI("/");
        var answer = client.request(options).compose(request -> {
            SignedCall.headers(RestAssured.port, body).forEach(request::putHeader);
            return request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body));
        }).compose(response -> response.body()).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(new JsonObject(answer).getJsonObject("Response").getString("Result")).isEqualTo("0");
    }
}
