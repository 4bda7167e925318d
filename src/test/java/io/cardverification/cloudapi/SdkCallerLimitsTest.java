package io.cardverification.cloudapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;

import io.cardverification.KnownCallers;
import io.cardverification.Operations;
import io.cardverification.cloudapi.JavaSdkTest.SdkTarget;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** What callers may at the SDK door, as the official SDK is told of it. */
@QuarkusTest
@TestProfile(KnownCallers.class)
class SdkCallerLimitsTest {

    private static String ask(String caller, String card) throws TencentCloudSDKException {
        var question = new SdkVerificationRequest();
        question.BankCard = card;
        var way = JavaSdk.V3_CALL;
        return way.ask(way.client(way.http(SdkTarget.DOOR.endpoint("localhost")), "AKID" + caller, "key of " + caller),
                "BankCardVerification", (AbstractModel) question);
    }

    @Test
    void who_has_spent_what_it_may_in_a_day_gets_a_code_on_which_no_sdk_tries_again() throws Exception {
        assertThat(ask("frugal", "6226090210146748")).contains("\"Result\":\"0\"");
        var refused = catchThrowableOfType(TencentCloudSDKException.class, () -> ask("frugal", "6226090210146749"));
        assertThat(refused.getErrorCode()).isEqualTo("LimitExceeded");
        assertThat(refused.getMessage()).contains("limit of charges in a day is spent");
    }

    @Test
    void who_may_wait_in_one_lane_only_waits_there() throws Exception {
        var before = batchWaits();
        assertThat(ask("batch", "6226090210146750")).contains("\"Result\":\"0\"");
        assertThat(batchWaits()).isEqualTo(before + 1);
    }

    private static int batchWaits() {
        return Operations.pacer().getInt("waitedMillis.batch.count");
    }

    @Test
    void nobody_comes_to_the_front_door_with_a_key_pair() {
        given().contentType("application/json").header("Authorization", "Bearer key of batch").body("{}")
                .post("/v1/verifications").then().statusCode(401);
    }
}
