package io.cardverification.cloudapi;

import static io.cardverification.cloudapi.SignedCall.GOOD;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.FreePorts;
import io.cardverification.Operations;
import io.cardverification.tencentcloud.encryption.FieldCipher;
import io.cardverification.tencentcloud.encryption.FieldEncryption;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Requests that official SDKs never send, and the bytes that SDKs rely on. */
@QuarkusTest
@TestProfile(TencentCloudApiTest.ApiProfile.class)
class TencentCloudApiTest {

    public static final class ApiProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.limit", "1000", "gateway.pacing.limit", "1000",
                    "quarkus.rest-client.tencentcloud.connection-pool-size", "20000",
                    "quarkus.rest-client.tencentcloud.read-timeout", "500");
        }
    }

    private int sandboxPort;

    @BeforeEach
    void findSandbox() {
        sandboxPort = FreePorts.sandbox();
    }

    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private static ValidatableResponse envelope(ValidatableResponse answer) {
        answer.statusCode(200).header("Content-Type", equalTo("application/json"))
                .body("Response.RequestId", matchesPattern("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        assertThat(answer.extract().asString()).doesNotContain("62260902", "Wei", "1120441654"); // a UUID may contain four of the digits
        return answer;
    }

    private ValidatableResponse post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    private ValidatableResponse post(byte[] body) {
        return envelope(SignedCall.post(RestAssured.port, body).post("/").then());
    }

    private ValidatableResponse get(String query) {
        return envelope(given().port(RestAssured.port).urlEncodingEnabled(false).get("/?" + query).then());
    }

    private static void refused(ValidatableResponse answer, String code, String message) {
        answer.body("Response.Error.Code", is(code), "Response.Error.Message", is(message))
                .header("Gateway-Charged", "false");
    }

    private void sandbox(String rules) {
        given().port(sandboxPort).body(rules).patch("/_sandbox/settings").then().statusCode(200);
    }

    @AfterEach
    void quiet() {
        sandbox("{\"faults\":[],\"latencyMicros\":0}");
    }

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
    void nothing_at_all_and_garbage_get_an_envelope() {
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

    @Test
    void each_transport_has_its_size() {
        var tooLarge = "The request size exceeds the upper limit.";
        refused(get("Name=" + "x".repeat(32 * 1024)), "RequestSizeLimitExceeded", tooLarge);
        refused(get("Name=" + "x".repeat(31 * 1024)), "MissingParameter",
                "The request is missing a required parameter `Action`.");
        refused(form("Name=" + "x".repeat(1024 * 1024)), "RequestSizeLimitExceeded", tooLarge);
        refused(post(new byte[10 * 1024 * 1024 + 1]), "RequestSizeLimitExceeded", tooLarge);
    }

    @Test
    void body_larger_than_any_call_is_not_buffered() {
        var tooLong = "The parameters of this action must not be longer than 64 KB.";
        refused(form("Name=" + "x".repeat(1000 * 1024)), "InvalidParameterValue", tooLong);
        refused(post("{\"Name\":\"" + "x".repeat(10 * 1024 * 1024 - 20) + "\"}"), "InvalidParameterValue", tooLong);
        refused(post("{\"Name\":\"" + "x".repeat(60 * 1024) + "\"}"), "MissingParameter",
                "The request is missing a required parameter `BankCard`.");
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

    private static String raw(int port, String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new byte[4096];
            return new String(answer, 0, socket.getInputStream().read(answer), StandardCharsets.UTF_8);
        }
    }

    @Test
    void too_deep_or_too_many_parameters_are_rejected() {
        var before = arrivals();
        refused(get(SignedCall.v1("GET", RestAssured.port, Map.of("a" + ".a".repeat(8000), "x"))), "InvalidParameter",
                "A structure is nested too deep.");
        refused(form("a=1&".repeat(300)), "InvalidParameter", "There are more than 200 parameters.");
        assertThat(arrivals()).isEqualTo(before);
    }

    @Test
    void json_in_another_encoding_than_utf_8_is_refused() {
        for (var encoding : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
            refused(post(GOOD.getBytes(encoding)), "InvalidParameter",
                    "The request body must be one JSON object in UTF-8, each parameter once.");
        }
    }

    private ValidatableResponse form(String body) {
        return envelope(given().port(RestAssured.port).contentType("application/x-www-form-urlencoded").body(body).post("/")
                .then());
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
        assertThat(Operations.get("/q/metrics").asString())
                .containsPattern("gateway_cloudapi_rejected_total\\{code=\"AuthFailure.SecretIdNotFound\"} [1-9]")
                .doesNotContain("AKIDSTRANGER");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "[]", "\"Wei\"", "{\"Name\":\"Wei\"", "{} {}", "{\"Name\":\"Wei\",\"Name\":\"Wei\"}",
            "{Name:'Wei'}" })
    void body_other_than_one_json_object_is_rejected(String body) {
        refused(post(body), "InvalidParameter", "The request body must be one JSON object in UTF-8, each parameter once.");
    }

    @Test
    void invalid_utf_8_is_rejected() {
        refused(post(GOOD.replace("Wei", "Ä").getBytes(StandardCharsets.ISO_8859_1)), "InvalidParameter",
                "The request body must be one JSON object in UTF-8, each parameter once.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"Name\":\"Wei Xiaobao\" | \"Name\":1                             | InvalidParameter      | Parameter `Name` type error.",
            "}                        | ,\"CertType\":\"0\"}                   | InvalidParameter      | Parameter `CertType` type error.",
            "}                        | ,\"CertType\":1}                       | InvalidParameterValue | The value of parameter `CertType` must be 0 (identity card); other document types are not supported.",
            "}                        | ,\"Encryption\":[]}                    | InvalidParameter      | Parameter `Encryption` type error.",
            "}                        | ,\"Encryption\":{\"EncryptList\":\"\"}} | InvalidParameter     | Parameter `Encryption.EncryptList` type error.",
            "}                        | ,\"Encryption\":{\"TagList\":[1]}}     | InvalidParameter      | Parameter `Encryption.TagList` type error.",
            "}                        | ,\"Encryption\":{\"Iv\":1}}            | InvalidParameter      | Parameter `Encryption.Iv` type error.",
            "}                        | ,\"Encryption\":{\"Key\":\"x\"}}       | UnknownParameter      | The parameter `Encryption.Key` is not recognized.",
            "}                        | ,\"6226090210146748\":\"x\"}           | UnknownParameter      | A parameter is not recognized.",
            "}                        | ,\"Wei Xiaobao\":\"x\"}                | UnknownParameter      | A parameter is not recognized.",
            "11204416541220243X       | 123                                    | InvalidParameterValue | The value of parameter `IdCard` must be 18 characters: 17 digits, then a digit or X.",
            "6226090210146748         | 6226-0902                              | InvalidParameterValue | The value of parameter `BankCard` must be 10 to 19 digits.",
            "Wei Xiaobao              | `  `                                   | InvalidParameterValue | The value of parameter `Name` must not be empty." })
    void invalid_parameter_is_reported_with_its_rule(String part, String instead, String code, String message) {
        refused(post(GOOD.replace(part, instead)), code, message);
    }

    @Test
    void null_members_count_as_absent() {
        post(GOOD.replace("}", ",\"CertType\":null,\"Encryption\":{\"EncryptList\":[],\"Iv\":null}}")).body("Response.Result",
                is("0"));
        refused(post(GOOD.replace("\"Wei Xiaobao\"", "null")), "MissingParameter",
                "The request is missing a required parameter `Name`.");
    }

    @Test
    void unknown_charge_has_a_separate_code_and_header() {
        for (var fault : List.of("never-answer", "reset-after-body", "truncate", "http-502", "wrong-content-type")) {
            sandbox("{\"faults\":[\"1x " + fault + "\"]}");
            post(GOOD).body("Response.Error.Code", is("InternalError.ChargeUnknown"), "Response.Error.Message",
                    startsWith("It was sent and no usable answer came: it may have been charged."))
                    .header("Gateway-Charged", "unknown");
        }
    }

    @Test
    void error_says_that_the_upstream_rejected_the_gateway() {
        refused(post(GOOD.replace("6226090210146748", "6222900000000008")), "AuthFailure.SignatureFailure",
                "The upstream rejected the gateway, not its caller: The provided credentials could not be validated. Please"
                        + " check your signature is correct.");
        refused(post(GOOD.replace("6226090210146748", "6222900000000020")), "InvalidParameterValue",
                "Incorrect parameter value.");
    }

    @Test
    void an_upstream_that_cannot_be_reached_is_unavailable() {
        given().port(sandboxPort).post("/_sandbox/close-port?millis=5000").then().statusCode(200);
        ValidatableResponse answer;
        do { // the port closes after a moment, and requests in progress end with an unknown charge
            answer = post(GOOD);
        } while (!"ServiceUnavailable".equals(answer.extract().path("Response.Error.Code")));
        refused(answer, "ServiceUnavailable", "Service is unavailable now.");
        while (!isOpen(sandboxPort)) {
            Thread.onSpinWait(); // the port opens after a moment
        }
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    @DisabledOnIntegrationTest("the second question has 300 ms to come, too few for a cold process")
    void same_request_at_both_apis_is_sent_once() throws Exception {
        sandbox("{\"latencyMicros\":300000}");
        var before = arrivals();
        var client = VERTX.createHttpClient();
        var rest = client.request(HttpMethod.POST, RestAssured.port, "localhost", "/v1/verifications")
                .compose(request -> request.putHeader("Content-Type", "application/json").send(
                        "{\"bankCard\":\"6226090210140001\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\",\"certType\":0}"))
                .compose(answer -> answer.body()).toCompletionStage().toCompletableFuture();
        var question = "{\"IdCard\":\"11204416541220243x\",\"Name\":\" Wei\",\"BankCard\":\"6226090210140001\"}";
        var sdk = SignedCall.post(RestAssured.port, question.getBytes(StandardCharsets.UTF_8)).post("/").then().statusCode(200)
                .extract();
        var response = new JsonObject(rest.get(10, TimeUnit.SECONDS));
        assertThat(sdk.<String> path("Response.RequestId")).isEqualTo(response.getString("requestId"));
        assertThat("true".equals(sdk.header("Gateway-Shared"))).isNotEqualTo(response.getBoolean("shared"));
        assertThat(arrivals() - before).isEqualTo(1);
    }

    private int arrivals() {
        return given().port(sandboxPort).get("/_sandbox/counters").jsonPath().getInt("requests");
    }

    @ParameterizedTest
    @EnumSource(FieldCipher.class)
    void encrypted_values_pass_through_both_apis_unchanged(FieldCipher cipher) {
        var publicKey = new JsonObject(given().port(sandboxPort).get("/_sandbox/public-keys").asString())
                .getString(cipher.toString());
        var encrypted = new FieldEncryption(cipher, publicKey, new SecureRandom())
                .encrypt(List.of("11204416541220243X", "爱新觉罗永琪", "6222000000000001"));
        var encryption = new JsonObject().put("EncryptList", List.of("IdCard", "Name", "BankCard"))
                .put("CiphertextBlob", encrypted.ciphertextBlob()).put("Iv", encrypted.iv())
                .put("Algorithm", encrypted.algorithm()).put("TagList", new JsonArray(encrypted.tags()));
        var values = encrypted.ciphertexts();
        post(new JsonObject().put("IdCard", values.get(0)).put("Name", values.get(1)).put("BankCard", values.get(2))
                .put("Encryption", encryption).encode()).body("Response.Result", is("-1"));
        given().port(RestAssured.port).contentType("application/json")
                .body(new JsonObject().put("idCard", values.get(0)).put("name", values.get(1)).put("bankCard", values.get(2))
                        .put("encryption", encryption).encode())
                .post("/v1/verifications").then().statusCode(200).body("result", is("-1"));
        for (var way : JavaSdk.values()) {
            var question = new SdkVerificationRequest();
            question.IdCard = values.get(0);
            question.Name = values.get(1);
            question.BankCard = values.get(2);
            question.Encryption = new SdkVerificationRequest.EncryptionModel(List.of("IdCard", "Name", "BankCard"), encrypted);
            try {
                var client = way.client(way.http("localhost:" + RestAssured.port), "AKIDCALLEREXAMPLE", "CALLEREXAMPLEKEY");
                assertThat(way.ask(client, "BankCardVerification", question)).contains("\"Result\":\"-1\"");
            } catch (Exception e) {
                throw new AssertionError(way.toString(), e);
            }
        }
    }

    @Test
    void over_http_2_the_authority_is_the_host() throws Exception {
        var body = GOOD.getBytes(StandardCharsets.UTF_8);
        var client = VERTX.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
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
