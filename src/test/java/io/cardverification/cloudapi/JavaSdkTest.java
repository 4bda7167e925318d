package io.cardverification.cloudapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.tencentcloudapi.common.exception.TencentCloudSDKException;

import io.cardverification.testing.AdjustableClock;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.ManyRequests;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** The official SDK for Java against gateway and sandbox, with every kind of signature. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class JavaSdkTest {

    private static final String ACTION = "BankCardVerification";
    private final SdkVerificationRequest question = new SdkVerificationRequest();

    private static final String REQUEST_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** The server of a call, and the credentials for it. */
    enum SdkTarget {
        GATEWAY("AKIDCALLEREXAMPLE", "CALLEREXAMPLEKEY"),
        SANDBOX("AKIDSANDBOXEXAMPLE", "SANDBOXEXAMPLEKEY");

        private final String secretId;
        private final String secretKey;

        SdkTarget(String secretId, String secretKey) {
            this.secretId = secretId;
            this.secretKey = secretKey;
        }

        String secretId() {
            return secretId;
        }

        String secretKey() {
            return secretKey;
        }

        String endpoint(String host) {
            return host + ":" + (this == GATEWAY ? RestAssured.port : FreePorts.sandbox());
        }
    }

    static Stream<Arguments> waysToTargets() {
        return Arrays.stream(JavaSdk.values())
                .flatMap(way -> Arrays.stream(SdkTarget.values()).map(target -> Arguments.of(way, target)));
    }

    private static JsonPath answer(JavaSdk way, SdkTarget target, SdkVerificationRequest question)
            throws TencentCloudSDKException {
        var client = way.client(way.http(target.endpoint("127.0.0.1")), target.secretId, target.secretKey);
        return new JsonPath(way.ask(client, ACTION, question)).setRootPath("Response");
    }

    private static void refused(JavaSdk way, SdkTarget target, String secretId, String secretKey, String action,
            SdkVerificationRequest question,
            String code, String message) {
        var client = way.client(way.http(target.endpoint("localhost")), secretId, secretKey);
        var thrown = catchThrowableOfType(TencentCloudSDKException.class, () -> way.ask(client, action, question));
        assertThat(thrown.getErrorCode()).isEqualTo(code);
        assertThat(thrown.getMessage()).contains(message);
        assertThat(thrown.getRequestId()).matches(REQUEST_ID);
    }

    @AfterEach
    void setTheClockRight() {
        AdjustableClock.AHEAD_SECONDS.set(0);
    }

    @ParameterizedTest
    @MethodSource("waysToTargets")
    void sdk_reads_a_success(JavaSdk way, SdkTarget target) throws Exception {
        var answer = answer(way, target, question);
        assertThat(answer.getString("Result")).isEqualTo("0");
        assertThat(answer.getString("Description")).isEqualTo("Authentication passed");
        assertThat(answer.getString("RequestId")).matches(REQUEST_ID);
    }

    @ParameterizedTest
    @MethodSource("waysToTargets")
    void sdk_reads_a_mismatch(JavaSdk way, SdkTarget target) throws Exception {
        question.BankCard = " 6225768888888888";
        var answer = answer(way, target, question);
        assertThat(answer.getString("Result")).isEqualTo("-1");
        assertThat(answer.getString("Description")).isEqualTo("Authentication failed");
    }

    @ParameterizedTest
    @MethodSource("waysToTargets")
    void names_with_chinese_or_special_characters_are_unchanged(JavaSdk way, SdkTarget target) throws Exception {
        question.Name = "爱新觉罗·永琪 +&=%~*'()";
        question.CertType = 0L;
        var answer = answer(way, target, question);
        assertThat(answer.getString("Result")).isEqualTo("0");
    }

    @ParameterizedTest
    @MethodSource("waysToTargets")
    void sdk_reports_a_wrong_key(JavaSdk way, SdkTarget target) {
        refused(way, target, target.secretId, "ANOTHERKEY", ACTION, question, "AuthFailure.SignatureFailure",
                "The provided credentials could not be validated. Please check your signature is correct.");
        refused(way, target, "AKIDSTRANGER", target.secretKey, ACTION, question,
                "AuthFailure.SecretIdNotFound", "The SecretId is not found, please ensure that your SecretId is correct.");
    }

    @ParameterizedTest
    @MethodSource("waysToTargets")
    @DisabledOnIntegrationTest("it moves the gateway's clock")
    void sdk_reports_an_expired_timestamp(JavaSdk way, SdkTarget target) {
        for (var aheadSeconds : new long[] { 310, -310 }) {
            AdjustableClock.AHEAD_SECONDS.set(aheadSeconds);
            refused(way, target, target.secretId, target.secretKey, ACTION, question,
                    "AuthFailure.SignatureExpire", "The signature is expired, please request again.");
        }
    }

    @ParameterizedTest
    @MethodSource("waysToTargets")
    void sdk_reports_an_unknown_action(JavaSdk way, SdkTarget target) {
        refused(way, target, target.secretId, target.secretKey, "BankCard4EVerification", question, "InvalidAction",
                "The request `Action` is invalid or not found.");
    }

    @ParameterizedTest
    @MethodSource("waysToTargets")
    void sdk_reports_a_missing_and_an_unknown_parameter(JavaSdk way, SdkTarget target) {
        question.Name = null;
        refused(way, target, target.secretId, target.secretKey, ACTION, question, "MissingParameter",
                "The request is missing a required parameter `Name`.");
        question.Name = "Wei Xiaobao";
        question.PkgType = "x";
        refused(way, target, target.secretId, target.secretKey, ACTION, question, "UnknownParameter",
                "The parameter `PkgType` is not recognized.");
    }

    @ParameterizedTest
    @MethodSource("waysToTargets")
    void upstream_error_keeps_its_code(JavaSdk way, SdkTarget target) {
        question.BankCard = "6222900000000040";
        refused(way, target, target.secretId, target.secretKey, ACTION, question, "UnauthorizedOperation.Arrears",
                "The account is in arrears.");
    }

    @Test
    void signature_of_the_public_host_is_valid() throws Exception {
        for (var way : EnumSet.complementOf(EnumSet.of(JavaSdk.V3_CALL))) { // this kind ignores the setting
            for (var target : SdkTarget.values()) {
                var http = way.http("faceid.intl.tencentcloudapi.com");
                http.setApigwEndpoint(target.endpoint("127.0.0.1"));
                var answer = way.ask(way.client(http, target.secretId, target.secretKey), ACTION, question);
                assertThat(answer).contains("\"Result\":\"0\"");
            }
        }
    }

    @Test
    void gateways_own_cloud_key_is_rejected() {
        refused(JavaSdk.V3_POST, SdkTarget.GATEWAY, SdkTarget.SANDBOX.secretId, SdkTarget.SANDBOX.secretKey, ACTION, question,
                "AuthFailure.SecretIdNotFound", "The SecretId is not found");
    }
}
