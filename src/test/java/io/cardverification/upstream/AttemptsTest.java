package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Delivery;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What is asked again. */
class AttemptsTest {

    private static final VerificationResult BUSY = new VerificationResult(ResultCode.CENTER_BUSY, "busy", "id");
    private static final VerificationResult PASSED = new VerificationResult(ResultCode.AUTHENTICATED, "passed", "id");

    private static Attempts attempts(String... settings) {
        var properties = settings.length == 0 ? Map.<String, String> of()
                : Map.of("gateway.upstream." + settings[0], settings[1]);
        return new Attempts(new SmallRyeConfigBuilder().withMapping(UpstreamConfig.class).addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100)).build()
                .getConfigMapping(UpstreamConfig.class));
    }

    private static VerificationFailure refused(Reason reason, String code) {
        return VerificationFailure.refused(reason, code, "id", null);
    }

    @Test
    void what_is_proven_to_have_cost_nothing_is_asked_again_three_times_each_after_twice_the_rest() {
        for (var free : new VerificationFailure[] { VerificationFailure.unreachable(),
                refused(Reason.UPSTREAM_FAILED, "InternalError"),
                refused(Reason.UPSTREAM_UNAVAILABLE, "ServiceUnavailable") }) {
            var attempts = attempts();
            assertThat(attempts.after(free)).contains(Duration.ofMillis(200));
            assertThat(attempts.after(free)).contains(Duration.ofMillis(400));
            assertThat(attempts.after(free)).contains(Duration.ofMillis(800));
            assertThat(attempts.after(free)).isEmpty();
        }
    }

    @Test
    void a_busy_centre_is_asked_again_and_no_other_result_is() {
        var attempts = attempts("retries", "1");
        assertThat(attempts.after(BUSY)).isPresent();
        assertThat(attempts.after(BUSY)).isEmpty();
        for (var code : ResultCode.values()) {
            assertThat(attempts().after(new VerificationResult(code, "", "")).isPresent())
                    .isEqualTo(code == ResultCode.CENTER_BUSY);
        }
    }

    @Test
    void nothing_else_is_asked_again() {
        for (var final_ : new VerificationFailure[] { VerificationFailure.silent(), VerificationFailure.nonsense(),
                refused(Reason.INPUT_REFUSED, "InvalidParameter"), refused(Reason.CREDENTIALS_REFUSED, "AuthFailure"),
                refused(Reason.ACCOUNT_REFUSED, "LimitExceeded"), refused(Reason.PROTOCOL_REFUSED, "InvalidAction"),
                VerificationFailure.refused(Reason.UPSTREAM_FAILED, null, "id", null) }) {
            assertThat(attempts().after(final_)).isEmpty();
        }
    }

    @Test
    void an_unknown_charge_is_asked_again_only_where_the_operator_says_so_and_then_all_is_told() {
        var attempts = attempts("retry-unknown", "true");
        attempts.begin();
        assertThat(attempts.after(VerificationFailure.silent())).isPresent();
        assertThat(attempts.delivery(Duration.ZERO).unknownAttempts()).isZero();
        attempts.begin();
        assertThat(attempts.after(VerificationFailure.nonsense())).isPresent();
        attempts.begin();
        var delivery = attempts.delivery(Duration.ofSeconds(1));
        assertThat(delivery).isEqualTo(new Delivery(Duration.ofSeconds(1), 3, 2, false, null));
        assertThat(PASSED.delivered(delivery).charge()).isEqualTo(Charge.CHARGED);
        assertThat(BUSY.delivered(delivery).charge()).isEqualTo(Charge.UNKNOWN);
        assertThat(refused(Reason.UPSTREAM_FAILED, "InternalError").delivered(delivery).charge()).isEqualTo(Charge.UNKNOWN);
    }

    @Test
    void a_wrong_clock_gives_one_more_turn_once() {
        var attempts = attempts();
        assertThat(attempts.correct()).isTrue();
        assertThat(attempts.correct()).isFalse();
    }
}
