package io.cardverification.cloudapi;

import static io.cardverification.cloudapi.SignedCall.GOOD;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cardverification.tencentcloud.encryption.FieldCipher;
import io.cardverification.tencentcloud.encryption.FieldEncryption;
import io.cardverification.testing.ManyRequests;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The upstream behind the Tencent Cloud API: its failures, its charges, and requests that both APIs share. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class ApiUpstreamTest extends TencentCloudApiFixture {

    @Test
    void unknown_charge_has_a_separate_code_and_header() {
        for (var fault : List.of("never-answer", "reset-after-body", "truncate", "http-502", "wrong-content-type")) {
            sandbox("{\"faults\":[\"1x " + fault + "\"]}");
            post(GOOD).body("Response.Error.Code", is("InternalError.ChargeUnknown"), "Response.Error.Message",
                    startsWith("The request was sent without a usable answer and may have been charged."))
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
        // The port closes after a moment, and requests in progress end with an unknown charge.
        var answer = await().until(() -> post(GOOD),
                each -> "ServiceUnavailable".equals(each.extract().path("Response.Error.Code")));
        refused(answer, "ServiceUnavailable", "Service is unavailable now.");
        await().until(() -> isOpen(sandboxPort));
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
        var client = httpClient(new HttpClientOptions());
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
}
