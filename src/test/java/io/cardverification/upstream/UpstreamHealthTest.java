package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.cardverification.upstream.UpstreamHealth.Cause;

/** The causes of missing readiness, in virtual time. */
class UpstreamHealthTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Near where the clock wraps. */
    private long nowNanos = Long.MAX_VALUE - Duration.ofSeconds(40).toNanos();
    private final UpstreamHealth health = new UpstreamHealth(() -> nowNanos);

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    @Test
    void without_reports_the_upstream_is_healthy() {
        assertThat(health.cause()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = { "CREDENTIALS_REFUSED", "ACCOUNT_REFUSED" })
    void operator_problems_are_reported_at_once_and_expire(Cause cause) {
        health.report(cause);
        assertThat(health.cause()).contains(cause);
        pass(UpstreamHealth.MAX_AGE.minusNanos(1));
        assertThat(health.cause()).contains(cause);
        pass(Duration.ofNanos(1));
        assertThat(health.cause()).isEmpty();
        health.report(cause);
        assertThat(health.cause()).contains(cause);
    }

    @ParameterizedTest
    @EnumSource(names = { "CREDENTIALS_REFUSED", "ACCOUNT_REFUSED" }, mode = Mode.EXCLUDE)
    void temporary_problems_are_reported_after_the_tolerance(Cause cause) {
        health.report(cause);
        for (var met = SECOND; met.compareTo(UpstreamHealth.TOLERANCE) < 0; met = met.plus(SECOND)) {
            assertThat(health.cause()).isEmpty();
            pass(SECOND);
            health.report(cause);
        }
        pass(SECOND);
        assertThat(health.cause()).contains(cause);
    }

    @Test
    void an_expired_cause_is_reported_again_at_once() {
        health.report(Cause.CIRCUIT_OPEN);
        pass(UpstreamHealth.TOLERANCE);
        assertThat(health.cause()).isEmpty();
        health.report(Cause.CIRCUIT_OPEN);
        assertThat(health.cause()).contains(Cause.CIRCUIT_OPEN);
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_clears_every_cause(Cause cause) {
        health.report(cause);
        pass(UpstreamHealth.TOLERANCE.minus(SECOND));
        health.report(cause);
        pass(SECOND);
        assertThat(health.isActive(cause)).isTrue();
        health.recordSuccess();
        assertThat(health.cause()).isEmpty();
        health.report(Cause.CIRCUIT_OPEN);
        assertThat(health.cause()).isEmpty();
    }

    @Test
    void a_closed_breaker_does_not_clear_credentials() {
        health.report(Cause.CREDENTIALS_REFUSED);
        health.clear(Cause.CIRCUIT_OPEN);
        assertThat(health.cause()).contains(Cause.CREDENTIALS_REFUSED);
    }
}
