package io.cardverification.cloudapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.Charge;
import io.cardverification.verification.RateLimitStatus;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.vertx.core.json.JsonObject;

class ApiErrorMapperTest {

    private static final String REQUEST_ID = "a5fdb909-5ee6-43ff-a152-bb1b9744ee8b";

    private final ApiErrorMapper failures = new ApiErrorMapper(new RateLimitStatus() {
        @Override
        public Snapshot snapshot() {
            return new Snapshot(20, Duration.ofSeconds(1), 0, Duration.ofSeconds(3));
        }

        @Override
        public Duration maxWait() {
            return Duration.ofSeconds(20);
        }
    });

    private static JsonObject response(Envelope envelope) {
        return envelope.json("own").toJsonObject().getJsonObject("Response");
    }

    private String code(VerificationFailure failure) {
        return response(failures.envelope(failure)).getJsonObject("Error").getString("Code");
    }

    @Test
    void rejections_by_the_queue_have_the_retryable_code() {
        var wait = Duration.ofSeconds(3);
        assertThat(code(VerificationFailure.notSent(Reason.QUEUE_FULL, wait))).isEqualTo("RequestLimitExceeded");
        assertThat(code(VerificationFailure.notSent(Reason.SHUTTING_DOWN, wait))).isEqualTo("RequestLimitExceeded");
        assertThat(code(VerificationFailure.notSent(Reason.LIMIT_EXCEEDED, wait))).isEqualTo("RequestLimitExceeded");
        assertThat(code(VerificationFailure.notSent(Reason.LIMIT_EXCEEDED, wait, "RequestLimitExceeded.UinLimitExceeded")))
                .isEqualTo("RequestLimitExceeded.UinLimitExceeded");
        assertThat(response(failures.envelope(VerificationFailure.notSent(Reason.QUEUE_FULL, wait))).getJsonObject("Error")
                .getString("Message")).isEqualTo("Your current request times equals to `21` in a second, which exceeds the"
                        + " frequency limit `20` for a second. Please reduce the frequency of calls.");
    }

    @Test
    void unknown_charge_has_a_code_of_no_uncharged_failure() {
        for (var failure : new VerificationFailure[] { VerificationFailure.of(Reason.UPSTREAM_TIMEOUT),
                VerificationFailure.of(Reason.UPSTREAM_INVALID_RESPONSE) }) {
            assertThat(code(failure)).isEqualTo("InternalError.ChargeUnknown");
            assertThat(ErrorCode.of(code(failure))).isEmpty();
            assertThat(failures.envelope(failure).charge()).isEqualTo(Charge.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void upstream_error_keeps_its_code_and_request_id(ErrorCode code) {
        var failure = VerificationFailure.byUpstream(Reason.UPSTREAM_FAILED, code.code(), REQUEST_ID);
        assertThat(code(failure)).isEqualTo(code.code());
        assertThat(response(failures.envelope(failure)).getString("RequestId")).isEqualTo(REQUEST_ID);
    }

    @Test
    void undocumented_error_gets_the_gateways_request_id() {
        var envelope = failures.envelope(VerificationFailure.byUpstream(Reason.UPSTREAM_FAILED, null, ""));
        assertThat(response(envelope).getJsonObject("Error").getString("Code")).isEqualTo("FailedOperation.UnKnown");
        assertThat(response(envelope).getString("RequestId")).isEqualTo("own");
    }

    @Test
    void unsent_requests_get_documented_codes() {
        assertThat(Arrays.asList(code(VerificationFailure.of(Reason.UPSTREAM_UNREACHABLE)),
                code(VerificationFailure.of(Reason.PARTIAL_ENCRYPTION)),
                code(VerificationFailure.of(Reason.LEDGER_UNAVAILABLE))))
                .containsExactly("ServiceUnavailable", "InvalidParameter.UnsupportEncryptField", "ServiceUnavailable");
    }
}
