package io.cardverification.cloudapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cardverification.cloudapi.JavaSdkTest.SdkTarget;
import io.cardverification.testing.AdjustableClock;
import io.cardverification.testing.ManyRequests;
import io.cardverification.testing.Node;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The official SDK for Node.js against gateway and sandbox, with every kind of signature. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class NodeSdkTest {

    private static final List<String> SIGN_METHODS = List.of("TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256");
    private static final List<String> VERBS = List.of("POST", "GET");

    private final JsonObject question = new JsonObject().put("IdCard", "11204416541220243X").put("Name", "Wei Xiaobao")
            .put("BankCard", "6226090210146748");

    @BeforeEach
    void requireNode() throws Exception {
        Node.require("tencentcloud-sdk-nodejs-common");
    }

    @AfterEach
    void setTheClockRight() {
        AdjustableClock.AHEAD_SECONDS.set(0);
    }

    /** One call for each of the six kinds, all with the same change. */
    private JsonArray ask(SdkTarget target, Consumer<JsonObject> change) throws Exception {
        var calls = new JsonArray();
        for (var signMethod : SIGN_METHODS) {
            for (var verb : VERBS) {
                var call = new JsonObject().put("endpoint", target.endpoint("127.0.0.1")).put("secretId", target.secretId())
                        .put("secretKey", target.secretKey()).put("signMethod", signMethod).put("reqMethod", verb)
                        .put("action", "BankCardVerification").put("question", question);
                change.accept(call);
                calls.add(call);
            }
        }
        var outcomes = NodeSdk.ask(calls);
        assertThat(outcomes).hasSize(calls.size());
        return outcomes;
    }

    private JsonArray ask(SdkTarget target) throws Exception {
        return ask(target, call -> {
        });
    }

    private static void answered(JsonArray outcomes, String result, String description) {
        assertThat(outcomes).allSatisfy(outcome -> {
            var answer = ((JsonObject) outcome).getJsonObject("answer");
            assertThat(answer).as(outcome.toString()).isNotNull();
            assertThat(answer.getString("Result")).isEqualTo(result);
            assertThat(answer.getString("Description")).isEqualTo(description);
            assertThat(answer.getString("RequestId")).matches("[0-9a-f-]{36}");
        });
    }

    private static void refused(JsonArray outcomes, String code, String message) {
        assertThat(outcomes).allSatisfy(outcome -> assertThat(((JsonObject) outcome).getMap())
                .containsEntry("code", code)
                .hasEntrySatisfying("message", text -> assertThat(text).asString().contains(message))
                .hasEntrySatisfying("requestId", id -> assertThat(id).asString().matches("[0-9a-f-]{36}")));
    }

    @ParameterizedTest
    @EnumSource(SdkTarget.class)
    void sdk_reads_a_success_and_a_mismatch(SdkTarget target) throws Exception {
        answered(ask(target), "0", "Authentication passed");
        question.put("BankCard", " 6225768888888888").put("Name", "爱新觉罗·永琪 +&=%~*'()!").put("CertType", 0);
        answered(ask(target), "-1", "Authentication failed");
    }

    @ParameterizedTest
    @EnumSource(SdkTarget.class)
    void sdk_reports_a_wrong_key(SdkTarget target) throws Exception {
        refused(ask(target, call -> call.put("secretKey", "ANOTHERKEY")), "AuthFailure.SignatureFailure",
                "The provided credentials could not be validated. Please check your signature is correct.");
        refused(ask(target, call -> call.put("secretId", "AKIDSTRANGER")), "AuthFailure.SecretIdNotFound",
                "The SecretId is not found, please ensure that your SecretId is correct.");
    }

    @ParameterizedTest
    @EnumSource(SdkTarget.class)
    void sdk_reports_an_expired_timestamp(SdkTarget target) throws Exception {
        AdjustableClock.AHEAD_SECONDS.set(310);
        refused(ask(target), "AuthFailure.SignatureExpire", "The signature is expired, please request again.");
    }

    @ParameterizedTest
    @EnumSource(SdkTarget.class)
    void sdk_reports_unknown_action_and_missing_parameter(SdkTarget target) throws Exception {
        refused(ask(target, call -> call.put("action", "PhoneVerification")), "InvalidAction",
                "The request `Action` is invalid or not found.");
        question.remove("IdCard");
        refused(ask(target), "MissingParameter", "The request is missing a required parameter `IdCard`.");
    }

    @Test
    void sdk_reports_an_exceeded_limit_with_its_numbers() throws Exception {
        var sandboxPort = Integer.parseInt(SdkTarget.SANDBOX.endpoint("").substring(1));
        given().port(sandboxPort).body("{\"limit\":1}").patch("/_sandbox/settings").then().statusCode(200);
        try {
            JsonArray refused;
            do { // each round sends six calls, and two of them may be more than a second apart
                refused = new JsonArray(ask(SdkTarget.SANDBOX).stream()
                        .filter(outcome -> ((JsonObject) outcome).containsKey("code")).toList());
            } while (refused.isEmpty());
            refused(refused, "RequestLimitExceeded", "in a second, which exceeds the frequency limit `1` for a second.");
        } finally {
            given().port(sandboxPort).body("{\"limit\":1000}").patch("/_sandbox/settings").then().statusCode(200);
        }
    }
}
