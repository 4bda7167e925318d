package io.cardverification.cloudapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.tencentcloudapi.common.exception.TencentCloudSDKException;

import io.cardverification.cloudapi.JavaSdkTest.SdkTarget;
import io.cardverification.testing.FullQueue;
import io.cardverification.testing.Node;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The rate limits of gateway and sandbox, as an SDK sees them. */
@QuarkusTest
@TestProfile(FullQueue.class)
class SdkLimitTest {

    private static final int MAX_ATTEMPTS = 100;

    /** Repeats until a request is rejected, since two requests of a slow machine may be a second apart. */
    private static void exceeded(JavaSdk way, SdkTarget target) {
        var client = way.client(way.http(target.endpoint("127.0.0.1")), target.secretId(), target.secretKey());
        var thrown = Stream.generate(() -> catchThrowableOfType(TencentCloudSDKException.class,
                () -> way.ask(client, "BankCardVerification", new SdkVerificationRequest()))).limit(MAX_ATTEMPTS)
                .filter(Objects::nonNull).findFirst().orElseThrow();
        assertThat(thrown.getErrorCode()).isEqualTo("RequestLimitExceeded");
        assertThat(thrown.getMessage()).contains("in a second, which exceeds the frequency limit `1` for a second. Please"
                + " reduce the frequency of calls.").containsPattern("equals to `[0-9]+`");
        assertThat(thrown.getRequestId()).matches("[0-9a-f-]{36}");
    }

    @Test
    void exceeded_limit_has_the_code_that_sdks_retry() {
        for (var each : JavaSdk.values()) {
            exceeded(each, SdkTarget.GATEWAY);
        }
    }

    @Test
    void node_sdk_reports_the_same_code() throws Exception {
        Node.require("tencentcloud-sdk-nodejs-common");
        var call = new JsonObject().put("endpoint", SdkTarget.GATEWAY.endpoint("127.0.0.1"))
                .put("secretId", SdkTarget.GATEWAY.secretId())
                .put("secretKey", SdkTarget.GATEWAY.secretKey()).put("signMethod", "TC3-HMAC-SHA256").put("reqMethod", "POST")
                .put("action", "BankCardVerification").put("question", new JsonObject().put("IdCard", "11204416541220243X")
                        .put("Name", "Wei Xiaobao").put("BankCard", "6226090210146748"));
        var second = NodeSdk.ask(new JsonArray().add(call).add(call)).getJsonObject(1);
        assertThat(second.getString("code")).isEqualTo("RequestLimitExceeded");
        assertThat(second.getString("message")).startsWith("Your current request times equals to `2` in a second");
    }

    @Test
    void sandbox_rejects_with_the_same_message() {
        var sandboxPort = Integer.parseInt(SdkTarget.SANDBOX.endpoint("").substring(1));
        for (var algorithm : new String[] { "sliding-window", "token-bucket" }) {
            given().port(sandboxPort).body("{\"limit\":1,\"limitAlgorithm\":\"" + algorithm + "\"}").patch("/_sandbox/settings")
                    .then()
                    .statusCode(200);
            for (var way : JavaSdk.values()) {
                exceeded(way, SdkTarget.SANDBOX);
            }
        }
    }
}
