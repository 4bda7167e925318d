package io.cardverification.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.SamplePerson;
import io.cardverification.verification.Charge;
import io.cardverification.verification.ResultCode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

@QuarkusTest
class VerificationResourceTest {

    private static final String GOOD = SamplePerson.json();

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON).body(body).post("/v1/verifications").then();
    }

    private static ValidatableResponse problem(String body, String type) {
        var answer = post(body).contentType("application/problem+json")
                .body("type", equalTo("urn:problem:card-verification:" + type), "charged", is(false), "instance", nullValue());
        assertThat(answer.extract().asString()).doesNotContain("6226", "Wei", "1120441654");
        return answer;
    }

    @Test
    void first_documented_example_passes() {
        post("{\"bankCard\":\" 6226090210146748\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}").statusCode(200)
                .contentType(ContentType.JSON).header("Gateway-Upstream", "sandbox")
                .body("keySet()", containsInAnyOrder("result", "outcome", "description", "charged", "shared", "reused",
                        "waitedMillis", "attempts", "requestId"),
                        "result", is("0"), "outcome", is("passed"), "description", is("Authentication passed"),
                        "charged", is(true), "shared", is(false), "reused", is(false), "waitedMillis", is(0), "attempts", is(1),
                        "requestId", matchesPattern("[0-9a-f-]{36}"))
                .header("RateLimit-Policy", "\"upstream\";q=20;w=1")
                .header("RateLimit", matchesPattern("\"upstream\";r=1[0-9];t=1"));
    }

    @Test
    void second_documented_example_is_a_mismatch() {
        post("{\"bankCard\":\" 6225768888888888\",\"name\":\"Wei Xiaobao\",\"idCard\":\" 11204416541220243X\"}").statusCode(200)
                .body("result", is("-1"), "outcome", is("mismatch"), "description", is("Authentication failed"), "charged",
                        is(true));
    }

    @ParameterizedTest
    @EnumSource(ResultCode.class)
    void every_documented_result_is_a_200(ResultCode code) {
        var card = "62220000000000%02d".formatted(-Integer.parseInt(code.code()));
        post(GOOD.replace("6226090210146748", card)).statusCode(200)
                .body("result", is(code.code()), "outcome", is(code.category().label()),
                        "description", is(code.description()), "charged", is(code.charge() == Charge.CHARGED));
    }

    @Test
    void cert_type_zero_and_empty_encryption_are_valid() {
        post(GOOD.replace("}", ",\"certType\":0,\"encryption\":{\"EncryptList\":[],\"Iv\":null}}")).statusCode(200)
                .body("result", is("0"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "Wei Xiaobao", "{\"name\":\"Wei Xiaobao\"", "{\"name\":\"Wei\",\"name\":\"Wei\"}",
            "{name:'Wei'}", "{\"name\":\"Wei\u0001\"}" })
    void invalid_json_is_malformed(String body) {
        problem(body, "malformed-json").statusCode(400);
    }

    @Test
    void invalid_utf_8_is_malformed_json() {
        var body = GOOD.replace("Wei", "Ä").getBytes(StandardCharsets.ISO_8859_1);
        given().contentType("application/json").body(body).post("/v1/verifications").then().statusCode(400)
                .body("type", equalTo("urn:problem:card-verification:malformed-json"));
    }

    @Test
    void unknown_encoding_is_malformed_json() {
        given().contentType("application/json").body(new byte[] { 0, 0, (byte) 0xff, (byte) 0xfe, '{', '}' })
                .post("/v1/verifications").then().statusCode(400)
                .body("type", equalTo("urn:problem:card-verification:malformed-json"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[]                                           | #                          | must be one JSON object without trailing data",
            "\"Wei\"                                      | #                          | must be one JSON object without trailing data",
            "{\"bankCard\":6226090210146748}              | #/bankCard                 | must be a string",
            "{\"name\":{\"first\":\"Wei\"}}               | #/name                     | must be a string",
            "{\"name\":[\"Wei\"]}                         | #/name                     | must be a string",
            "{\"idCard\":true}                            | #/idCard                   | must be a string",
            "{\"certType\":\"0\"}                         | #/certType                 | must be a whole number",
            "{\"certType\":0.0}                           | #/certType                 | must be a whole number",
            "{\"certType\":6226090210146748}              | #/certType                 | must be a small whole number",
            "{\"encryption\":\"Wei\"}                     | #/encryption               | must be an object",
            "{\"encryption\":{\"EncryptList\":\"Name\"}}  | #/encryption/EncryptList   | must be an array of strings",
            "{\"encryption\":{\"EncryptList\":[null]}}    | #/encryption/EncryptList/0 | must be a string" })
    void wrong_type_is_reported_with_its_pointer(String body, String pointer, String rule) {
        problem(body, "invalid-request").statusCode(400).body("errors.pointer", contains(pointer), "errors.detail",
                contains(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"6226090210146748\":1}", "{\"Wei Xiaobao\":{}}" })
    void unknown_member_is_reported_without_its_name(String body) {
        problem(body, "invalid-request").statusCode(400).body("errors.pointer", contains("#"), "errors[0].detail",
                startsWith("has an unknown member; known members are "));
    }

    @Test
    void all_violations_are_reported_together() {
        problem("{\"bankCard\":\"6226-0902\",\"name\":\" \",\"idCard\":\"1120441654\",\"certType\":1}", "invalid-request")
                .statusCode(400)
                .body("errors.pointer", contains("#/bankCard", "#/name", "#/idCard", "#/certType"),
                        "errors.detail", contains("must be 10 to 19 digits", "must not be empty",
                                "must be 18 characters: 17 digits, then a digit or X",
                                "must be 0 (identity card); other document types are not supported"));
        problem("{}", "invalid-request").body("errors.pointer", contains("#/bankCard", "#/name", "#/idCard"),
                "errors.detail", contains("is required", "is required", "is required"),
                "detail", is("bankCard is required; name is required; idCard is required"));
    }

    @Test
    void encrypted_members_must_be_ciphertext_and_others_plain() {
        problem(GOOD.replace("}", ",\"encryption\":{\"EncryptList\":[\"Name\"]}}"), "invalid-request")
                .body("errors.pointer", contains("#/name"));
        problem(GOOD.replace("Wei Xiaobao", "Q0FOQVJZ").replace("}",
                ",\"encryption\":{\"EncryptList\":[\"Name\"],\"CiphertextBlob\":\"eA==\"}}"), "input-refused").statusCode(422)
                .body("upstreamCode", is("FailedOperation.DecryptSystemError"));
    }

    @Test
    void body_above_64_kib_is_rejected_with_or_without_length() {
        var room = 64 * 1024 - GOOD.length();
        post(GOOD + " ".repeat(room)).statusCode(200);
        problem(GOOD + " ".repeat(room + 1), "body-too-large").statusCode(413);
        for (var size : List.of(room + 1, 3_000_000)) {
            var chunked = RawHttp.chunkedPost(RestAssured.port, "/v1/verifications", GOOD + " ".repeat(size));
            assertThat(chunked).startsWith("HTTP/1.1 413 ").contains("urn:problem:card-verification:body-too-large")
                    .contains("Gateway-Upstream: sandbox");
        }
        assertThat(RawHttp.chunkedPost(RestAssured.port, "/v1/verifications", GOOD)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void request_without_host_is_a_problem() {
        assertThat(RawHttp.exchange(RestAssured.port, "POST /v1/verifications HTTP/1.1\r\nConnection: close\r\n\r\n", ""))
                .startsWith("HTTP/1.1 400 ").contains("urn:problem:card-verification:invalid-http-request");
    }

    @Test
    void http_2_gets_the_same_responses() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var client = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            for (var body : Map.of(GOOD, 200, "", 400, GOOD + " ".repeat(64 * 1024), 413).entrySet()) {
                var answer = client.request(HttpMethod.POST, RestAssured.port, "localhost", "/v1/verifications")
                        .compose(request -> request.putHeader("Content-Type", "application/json")
                                .send(Buffer.buffer(body.getKey())))
                        .compose(response -> response.body().map(text -> Map.entry(response, text.toString())))
                        .toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
                var response = answer.getKey();
                assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
                assertThat(response.statusCode()).isEqualTo(body.getValue());
                var headers = new HashMap<String, String>();
                response.headers().forEach((name, value) -> headers.putIfAbsent(name, value));
                assertThat(OpenApiValidator.published().breaches(response.statusCode(), headers, answer.getValue())).isEmpty();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void wrong_media_type_method_or_path_is_a_problem() {
        given().contentType("text/plain").body("Wei").post("/v1/verifications").then().statusCode(415)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:problem:card-verification:unsupported-media-type"));
        given().contentType("application/json").body(GOOD).accept("text/html").post("/v1/verifications").then()
                .statusCode(406).body("type", equalTo("urn:problem:card-verification:not-acceptable"));
        given().get("/v1/verifications").then().statusCode(405).header("Allow", "POST")
                .contentType("application/problem+json").header("Gateway-Upstream", "sandbox")
                .body("type", equalTo("urn:problem:card-verification:method-not-allowed"));
        var lost = given().get("/v1/6226090210146748").then().statusCode(404).contentType("application/problem+json")
                .body("type", equalTo("urn:problem:card-verification:not-found"));
        assertThat(lost.extract().asString()).doesNotContain("6226");
    }

    @ParameterizedTest
    @ValueSource(strings = { "live", "ready", "started" })
    void health_is_up(String kind) {
        ManagementClient.get("/q/health/" + kind).then().statusCode(200).header("Gateway-Upstream", "sandbox").body("status",
                is("UP"));
    }

    @Test
    void open_api_has_an_example_of_every_outcome_and_problem() {
        var document = given().accept("application/json").get("/q/openapi?format=json").then().statusCode(200).extract()
                .jsonPath();
        var responses = "paths.'/v1/verifications'.post.responses.";
        assertThat(document.getMap(responses + "'200'.content.'application/json'.examples"))
                .containsOnlyKeys("passed", "mismatch", "card-unusable", "input-rejected", "try-later");
        for (var type : ProblemType.values()) {
            Map<String, Map<String, Map<String, Object>>> examples = document.getMap(
                    responses + "'" + type.status() + "'.content.'application/problem+json'.examples");
            assertThat(examples.values()).anySatisfy(
                    example -> assertThat(example.get("value")).containsEntry("type", type.uri().toString()));
        }
        assertThat(document.getList("components.schemas.VerificationRequest.required", String.class))
                .containsExactlyInAnyOrder("bankCard", "name", "idCard");
    }

    @Test
    void openApiDocumentIsTheSameInYaml() throws IOException {
        var json = new ObjectMapper().readTree(given().get("/q/openapi.json").asByteArray());
        assertThat(new YAMLMapper().readTree(given().get("/q/openapi.yaml").asByteArray())).isEqualTo(json);
    }
}
