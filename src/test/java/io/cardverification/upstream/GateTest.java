package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.AuthenticationResult;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.ReceivedRequest;
import io.cardverification.tencentcloud.RequestAuthenticator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Requests to the upstream, byte for byte, and every possible response. */
@QuarkusTest
@TestProfile(GateTest.Stubbed.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class GateTest {

    public static final class Stubbed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.enabled", "false", "gateway.upstream.token", "the-token",
                    "gateway.upstream.circuit-breaker.enabled", "false",
                    "gateway.upstream.language", "en-US", "quarkus.rest-client.tencentcloud.read-timeout", "2000",
                    "gateway.upstream.answer-timeout", "4500ms");
        }
    }

    private static final String GOOD = "{\"Response\":{\"Result\":\"0\",\"Description\":\"Authentication passed\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}";
    private static final String QUESTION = "{\"bankCard\":\"6226090210146748\",\"name\":\"韦小宝\",\"idCard\":\"11204416541220243X\"}";

    @BeforeEach
    void forget() {
        StubUpstream.RECEIVED.clear();
        StubUpstream.answers(GOOD);
    }

    private static ValidatableResponse verify(String question) {
        return given().contentType(ContentType.JSON).body(question).post("/v1/verifications").then();
    }

    private static ValidatableResponse problem(int status, String type) {
        var answer = verify(QUESTION).statusCode(status).contentType("application/problem+json")
                .body("type", is("urn:problem:card-verification:" + type));
        assertThat(answer.extract().asString()).doesNotContain("6226", "韦", "1120441654", "canary");
        return answer;
    }

    @Test
    void the_signed_bytes_are_sent_unchanged() {
        verify(QUESTION).statusCode(200).body("requestId", is("a5fdb909-5ee6-43ff-a152-bb1b9744ee8b"));
        var received = StubUpstream.RECEIVED.get(0);
        assertThat(received.body().toString())
                .isEqualTo("{\"IdCard\":\"11204416541220243X\",\"Name\":\"韦小宝\",\"BankCard\":\"6226090210146748\"}");
        assertThat(received.headers()).containsEntry("X-TC-Action", "BankCardVerification")
                .containsEntry("X-TC-Version", "2018-03-01").containsEntry("X-TC-Token", "the-token")
                .containsEntry("X-TC-Language", "en-US").doesNotContainKey("X-TC-Region");
        var lowerCase = new TreeMap<String, String>();
        received.headers().forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
        var reception = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION,
                List.of(new Credentials("AKIDSANDBOXEXAMPLE", "SANDBOXEXAMPLEKEY", "the-token")));
        var sentAt = Instant.ofEpochSecond(Long.parseLong(received.headers().get("X-TC-Timestamp")));
        assertThat(reception.authenticate(new ReceivedRequest("POST", "", lowerCase, received.body().getBytes()), sentAt))
                .isInstanceOf(AuthenticationResult.Accepted.class);
    }

    @Test
    void optional_parameters_are_sent_unchanged() {
        verify("""
                {"bankCard":"oUfaRWLLjR9MclkyFF68M7Ot","name":"cvtbksVKVIn0pNWUw9815RI2","idCard":"11204416541220243x",
                 "certType":0,"encryption":{"EncryptList":["BankCard","Name"],"CiphertextBlob":" blob ","Iv":"cHNm8k09p2d80owr",
                 "Algorithm":"SM4-GCM","TagList":["meBiloynTRhQtOtLR2xccQ==","Anrq6V9s4jwBg+/mxW9Zeg=="]}}""").statusCode(200);
        assertThat(new JsonObject(StubUpstream.RECEIVED.get(0).body())).isEqualTo(new JsonObject()
                .put("IdCard", "11204416541220243X").put("Name", "cvtbksVKVIn0pNWUw9815RI2")
                .put("BankCard", "oUfaRWLLjR9MclkyFF68M7Ot").put("CertType", 0)
                .put("Encryption", new JsonObject().put("EncryptList", new JsonArray().add("BankCard").add("Name"))
                        .put("CiphertextBlob", " blob ").put("Iv", "cHNm8k09p2d80owr").put("Algorithm", "SM4-GCM")
                        .put("TagList", new JsonArray().add("meBiloynTRhQtOtLR2xccQ==").add("Anrq6V9s4jwBg+/mxW9Zeg=="))));
    }

    @Test
    void missing_and_unknown_members_are_accepted() {
        StubUpstream.answers("{\"Response\":{\"Result\":\"-13\",\"RequestId\":\"x\",\"New\":{}},\"Other\":1}");
        verify(QUESTION).statusCode(200).body("description", is("The card has expired."), "requestId", is(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "200 | application/json | ",
            "200 | application/json | null",
            "200 | application/json | []",
            "200 | application/json | {\"Response\":",
            "200 | application/json | {\"Response\":null}",
            "200 | application/json | {\"Response\":{}}",
            "200 | application/json | {\"Response\":{\"Result\":\"-21\"}}",
            "200 | application/json | {\"Response\":{\"Result\":\"canary\"}}",
            "200 | application/json | {\"Response\":{\"Result\":{\"a\":1}}}",
            "200 | application/json | {\"Response\":{\"Error\":{}}}",
            "200 | application/json | {\"Response\":{\"Error\":{\"Code\":\"\"}}}",
            "200 | application/json | {\"Response\":{\"Result\":\"0\",\"Error\":{\"Code\":\"InternalError\"}}}",
            "200 | text/html        | <html>canary</html>",
            "302 | text/html        | canary",
            "404 | text/html        | canary",
            "429 | application/json | {\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\"}}}",
            "500 | text/plain       | canary",
            "502 | text/html        | canary",
            "204 | application/json | " })
    void an_invalid_response_is_an_unknown_charge(int status, String contentType, String body) {
        StubUpstream.answers(status, contentType, body == null ? "" : body);
        problem(502, "upstream-invalid-response").body("charged", is("unknown"), "$", not(hasKey("upstreamCode")));
    }

    @Test
    void a_timeout_after_the_send_is_an_unknown_charge() {
        StubUpstream.BEHAVIOUR.set(request -> {
        });
        problem(504, "upstream-timeout").body("charged", is("unknown"));
        assertThat(StubUpstream.RECEIVED).hasSize(1);
    }

    @Test
    void an_incomplete_body_ends_with_a_timeout() {
        StubUpstream.BEHAVIOUR.set(request -> request.response().putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", "500").write("{"));
        problem(504, "upstream-timeout").body("charged", is("unknown"));
    }

    @Test
    void personal_data_in_an_error_code_is_not_repeated() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"canary.6226090210146748\"},\"RequestId\":\"canary\"}}");
        problem(502, "upstream-failed");
    }

    @Test
    void a_reset_after_the_send_is_an_unknown_charge() {
        StubUpstream.BEHAVIOUR.set(request -> request.connection().close());
        problem(504, "upstream-timeout").body("charged", is("unknown"));
        StubUpstream.BEHAVIOUR.set(request -> request.response().setChunked(true)
                .putHeader("Content-Type", "application/json").write(GOOD.substring(0, 50))
                .onSuccess(sent -> request.connection().close()));
        problem(504, "upstream-timeout").body("charged", is("unknown"));
        assertThat(StubUpstream.RECEIVED).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "RequestLimitExceeded", "RequestLimitExceeded.UinLimitExceeded", "RequestLimitExceeded.New" })
    void a_rate_limit_rejection_has_retry_after(String code) {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"" + code
                + "\",\"Message\":\"canary\"},\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}");
        problem(503, "limit-exceeded").header("Retry-After", "1").body("charged", is(false), "upstreamCode", is(code),
                "requestId", is("a5fdb909-5ee6-43ff-a152-bb1b9744ee8b"));
    }

    @Test
    void an_undocumented_error_code_is_an_upstream_failure() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"Brand.New\"},\"RequestId\":\"x\"}}");
        problem(502, "upstream-failed").body("charged", is(false), "$", not(hasKey("upstreamCode")));
    }

    @Test
    void an_undocumented_sub_code_is_passed_on() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"FailedOperation.SomethingNew\"},\"RequestId\":\"x\"}}");
        problem(502, "upstream-failed").body("charged", is(false), "upstreamCode", is("FailedOperation.SomethingNew"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "FailedOperation.6226090210146748", "FailedOperation.Wei Xiaobao", "FailedOperation.",
            "FailedOperation.a.b.c.d" })
    void a_sub_code_with_other_characters_is_removed(String code) {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"" + code + "\"},\"RequestId\":\"x\"}}");
        problem(502, "upstream-failed").body("charged", is(false), "upstreamCode", is("FailedOperation"));
    }

    @Test
    void a_code_with_thousands_of_parts_is_ignored() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"" + "a.".repeat(30_000) + "\"}}}");
        problem(502, "upstream-failed").body("charged", is(false), "$", not(hasKey("upstreamCode")));
    }

    @Test
    void a_charge_unknown_error_code_is_an_unknown_charge() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"InternalError.ChargeUnknown\"},\"RequestId\":\"x\"}}");
        problem(504, "upstream-timeout").body("charged", is("unknown"));
    }

    @Test
    void a_description_is_cut_at_1_kib_between_code_points() {
        StubUpstream.answers(good("a" + "\uD842\uDFB7".repeat(2_000)));
        verify(QUESTION).statusCode(200).body("description", is("a" + "\uD842\uDFB7".repeat(255)));
    }

    @Test
    void a_description_with_half_a_code_point_is_accepted() {
        StubUpstream.answers(good("a\\ud842b"));
        verify(QUESTION).statusCode(200).body("result", is("0"), "charged", is(true));
    }

    private static String good(String description) {
        return GOOD.replace("Authentication passed", description);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void a_response_above_64_kib_is_invalid(boolean chunked) {
        StubUpstream.BEHAVIOUR.set(request -> request.response().setChunked(chunked)
                .putHeader("Content-Type", "application/json").end(GOOD + " ".repeat(65_536 - GOOD.length())));
        verify(QUESTION).statusCode(200);
        StubUpstream.BEHAVIOUR.set(request -> request.response().setChunked(chunked)
                .putHeader("Content-Type", "application/json").end(GOOD + " ".repeat(65_537 - GOOD.length())));
        problem(502, "upstream-invalid-response").body("charged", is("unknown"));
    }

    @Test
    void a_trickling_response_ends_after_the_answer_timeout() throws Exception {
        var closed = new CountDownLatch(1);
        StubUpstream.BEHAVIOUR.set(request -> {
            var response = request.response().setChunked(true).putHeader("Content-Type", "application/json");
            var vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
            var trickle = vertx.setPeriodic(100, timer -> response.write(" "));
            request.connection().closeHandler(gone -> {
                vertx.cancelTimer(trickle);
                closed.countDown();
            });
        });
        problem(504, "upstream-timeout").body("charged", is("unknown"));
        assertThat(closed.await(20, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
    }

    @Test
    void headers_above_8_kib_are_invalid() {
        StubUpstream.BEHAVIOUR.set(request -> request.response().putHeader("Content-Type", "application/json")
                .putHeader("X-Long", "x".repeat(9_000)).end(GOOD));
        problem(502, "upstream-invalid-response").body("charged", is("unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 199 x\r\nContent-Length: 5\r\n\r\n" })
    void the_final_response_after_an_interim_one_is_used(String interim) {
        StubUpstream.BEHAVIOUR.set(request -> {
            StubUpstream.write(request, interim);
            request.response().putHeader("Content-Type", "application/json").end(GOOD);
        });
        verify(QUESTION).statusCode(200).body("result", is("0"));
    }

    @Test
    void a_protocol_switch_is_an_invalid_response() {
        StubUpstream.BEHAVIOUR.set(request -> StubUpstream.write(request,
                "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"));
        problem(502, "upstream-invalid-response").body("charged", is("unknown"));
    }

    @Test
    void a_repeated_request_id_of_a_connection_is_invalid() {
        var connections = ConcurrentHashMap.newKeySet();
        StubUpstream.BEHAVIOUR.set(request -> {
            connections.add(request.connection());
            request.response().headers().remove("Connection");
            request.response().putHeader("Content-Type", "application/json").end(GOOD);
        });
        verify(QUESTION).statusCode(200);
        problem(502, "upstream-invalid-response").body("charged", is("unknown"));
        assertThat(connections).as("one connection").hasSize(1);
        verify(QUESTION).statusCode(200);
        assertThat(connections).as("it was closed").hasSize(2);
    }
}
