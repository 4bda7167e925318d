package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.Charge;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Retries and their delays. */
class RetryStateTest {

    private static final VerificationResult BUSY = new VerificationResult(ResultCode.CENTER_BUSY, "busy", "id");
    private static final VerificationResult PASSED = new VerificationResult(ResultCode.AUTHENTICATED, "passed", "id");

    private static RetryState attempts(String... settings) {
        var properties = settings.length == 0 ? Map.<String, String> of()
                : Map.of("gateway.upstream." + settings[0], settings[1]);
        return new RetryState(new SmallRyeConfigBuilder().withMapping(UpstreamConfig.class).addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100)).build()
                .getConfigMapping(UpstreamConfig.class));
    }

    private static VerificationFailure refused(Reason reason, String code) {
        return VerificationFailure.byUpstream(reason, code, "id");
    }

    @Test
    void free_failures_are_retried_with_doubling_delays() {
        for (var free : new VerificationFailure[] { VerificationFailure.of(Reason.UPSTREAM_UNREACHABLE),
                refused(Reason.UPSTREAM_FAILED, "InternalError"),
                refused(Reason.UPSTREAM_UNAVAILABLE, "ServiceUnavailable") }) {
            var attempts = attempts();
            assertThat(attempts.planRetry(free)).isEqualTo(Duration.ofMillis(200));
            assertThat(attempts.planRetry(free)).isEqualTo(Duration.ofMillis(400));
            assertThat(attempts.planRetry(free)).isEqualTo(Duration.ofMillis(800));
            assertThat(attempts.planRetry(free)).isNull();
        }
    }

    @Test
    void of_all_results_only_a_busy_center_is_retried() {
        var attempts = attempts("retries", "1");
        assertThat(attempts.planRetry(BUSY)).isNotNull();
        assertThat(attempts.planRetry(BUSY)).isNull();
        for (var code : ResultCode.values()) {
            assertThat(attempts().planRetry(new VerificationResult(code, "", "")) != null)
                    .isEqualTo(code == ResultCode.CENTER_BUSY);
        }
    }

    @Test
    void other_failures_are_not_retried() {
        for (var final_ : new VerificationFailure[] { VerificationFailure.of(Reason.UPSTREAM_TIMEOUT),
                VerificationFailure.of(Reason.UPSTREAM_INVALID_RESPONSE),
                refused(Reason.INPUT_REFUSED, "InvalidParameter"), refused(Reason.CREDENTIALS_REFUSED, "AuthFailure"),
                refused(Reason.ACCOUNT_REFUSED, "LimitExceeded"), refused(Reason.PROTOCOL_REFUSED, "InvalidAction"),
                VerificationFailure.byUpstream(Reason.UPSTREAM_FAILED, null, "id") }) {
            assertThat(attempts().planRetry(final_)).isNull();
        }
    }

    @Test
    void an_attempt_that_was_not_made_does_not_count() {
        var attempts = attempts("retry-unknown", "true");
        attempts.beginAttempt();
        attempts.planRetry(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT));
        attempts.beginAttempt();
        attempts.undoAttempt(true);
        assertThat(attempts.isLastUnknown()).isTrue();
        assertThat(attempts.metadata(Duration.ZERO).attempts()).isEqualTo(1);
        assertThat(attempts.metadata(Duration.ZERO).unknownAttempts()).isZero();
    }

    @Test
    void unknown_charges_are_retried_and_counted_if_configured() {
        var attempts = attempts("retry-unknown", "true");
        attempts.beginAttempt();
        assertThat(attempts.planRetry(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT))).isNotNull();
        assertThat(attempts.metadata(Duration.ZERO).unknownAttempts()).isZero();
        attempts.beginAttempt();
        assertThat(attempts.planRetry(VerificationFailure.of(Reason.UPSTREAM_INVALID_RESPONSE))).isNotNull();
        attempts.beginAttempt();
        var metadata = attempts.metadata(Duration.ofSeconds(1));
        assertThat(metadata).isEqualTo(ResponseMetadata.ofAttempts(3, 2, Duration.ofSeconds(1)));
        assertThat(PASSED.with(metadata).charge()).isEqualTo(Charge.CHARGED);
        assertThat(BUSY.with(metadata).charge()).isEqualTo(Charge.UNKNOWN);
        assertThat(refused(Reason.UPSTREAM_FAILED, "InternalError").with(metadata).charge()).isEqualTo(Charge.UNKNOWN);
    }

    @Test
    void the_clock_is_corrected_once() {
        var attempts = attempts();
        assertThat(attempts.tryClockCorrection()).isTrue();
        assertThat(attempts.tryClockCorrection()).isFalse();
    }
}
