package io.cardverification.cloudapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;

import io.cardverification.cloudapi.JavaSdkTest.SdkTarget;
import io.cardverification.testing.KnownCallers;
import io.cardverification.testing.ManagementClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Limits of callers, as the official SDK sees them. */
@QuarkusTest
@TestProfile(KnownCallers.class)
class SdkCallerLimitsTest {

    private static String ask(String caller, String card) throws TencentCloudSDKException {
        var question = new SdkVerificationRequest();
        question.BankCard = card;
        var way = JavaSdk.V3_CALL;
        return way.ask(way.client(way.http(SdkTarget.GATEWAY.endpoint("localhost")), "AKID" + caller, "key of " + caller),
                "BankCardVerification", (AbstractModel) question);
    }

    @Test
    void exceeded_daily_limit_has_a_code_that_no_sdk_retries() throws Exception {
        assertThat(ask("frugal", "6226090210146748")).contains("\"Result\":\"0\"");
        var refused = catchThrowableOfType(TencentCloudSDKException.class, () -> ask("frugal", "6226090210146749"));
        assertThat(refused.getErrorCode()).isEqualTo("LimitExceeded");
        assertThat(refused.getMessage()).contains("daily limit of charges");
    }

    @Test
    void caller_with_one_lane_waits_in_it() throws Exception {
        var before = batchWaits();
        assertThat(ask("batch", "6226090210146750")).contains("\"Result\":\"0\"");
        assertThat(batchWaits()).isEqualTo(before + 1);
    }

    private static int batchWaits() {
        return ManagementClient.pacer().getInt("waitMillis.batch.count");
    }

    @Test
    void sdk_credentials_are_invalid_for_the_rest_api() {
        given().contentType("application/json").header("Authorization", "Bearer key of batch").body("{}")
                .post("/v1/verifications").then().statusCode(401);
    }
}
