package io.cardverification.callers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.Caller;
import io.cardverification.verification.Lane;
import io.cardverification.verification.VerificationFailure.Reason;

class CallerQuotaTest {

    /** An hour before midnight in China. */
    private static final Instant EVENING = Instant.parse("2026-11-24T15:00:00Z");
    private static final Instant MORNING = EVENING.plus(Duration.ofHours(1));

    private final CallerQuota quota = new CallerQuota();

    private static Caller caller(int mostWaiting, int chargesPerDay) {
        return new Caller("shop", Set.of(Lane.BATCH), 1, mostWaiting, chargesPerDay);
    }

    private void acquire(Caller caller, Instant now) {
        assertThat(quota.acquire(caller, now, nanos(now))).isEmpty();
    }

    private void release(int charges, Instant now) {
        quota.release(charges, now, nanos(now));
    }

    private int spent(Instant now) {
        return quota.spent(now, nanos(now));
    }

    /** The monotonic clock, if the wall clock is never set. */
    private static long nanos(Instant now) {
        return Duration.between(EVENING, now).toNanos();
    }

    private void rejects(Caller caller, Instant now, Reason reason, Duration retryAfter) {
        assertThat(quota.acquire(caller, now, nanos(now))).hasValueSatisfying(rejection -> {
            assertThat(rejection.reason()).isEqualTo(reason);
            assertThat(rejection.retryAfter()).contains(retryAfter);
        });
    }

    @Test
    void rejects_above_the_limit_of_waiting_requests() {
        var two = caller(2, Caller.UNLIMITED);
        acquire(two, EVENING);
        acquire(two, EVENING);
        rejects(two, EVENING, Reason.CONCURRENCY_LIMIT_EXCEEDED, Duration.ofSeconds(1));
        release(1, EVENING);
        acquire(two, EVENING);
        assertThat(quota.waiting()).isEqualTo(2);
    }

    @Test
    void rejects_above_the_daily_limit_until_midnight_in_china() {
        var two = caller(Caller.UNLIMITED, 2);
        acquire(two, EVENING);
        release(1, EVENING);
        acquire(two, EVENING);
        release(1, EVENING);
        rejects(two, EVENING, Reason.DAILY_LIMIT_EXCEEDED, Duration.ofHours(1));
        rejects(two, MORNING.minusNanos(1), Reason.DAILY_LIMIT_EXCEEDED, Duration.ofNanos(1));
        acquire(two, MORNING);
        assertThat(spent(MORNING)).isZero();
    }

    @Test
    void rejects_when_waiting_requests_may_use_up_the_limit() {
        var two = caller(Caller.UNLIMITED, 2);
        acquire(two, EVENING);
        acquire(two, EVENING);
        rejects(two, EVENING, Reason.CONCURRENCY_LIMIT_EXCEEDED, Duration.ofSeconds(1));
        release(0, EVENING);
        acquire(two, EVENING);
        release(1, EVENING);
        release(1, EVENING);
        rejects(two, EVENING, Reason.DAILY_LIMIT_EXCEEDED, Duration.ofHours(1));
    }

    @Test
    void daily_limit_of_zero_rejects_everything() {
        rejects(caller(Caller.UNLIMITED, 0), EVENING, Reason.DAILY_LIMIT_EXCEEDED, Duration.ofHours(1));
    }

    @Test
    void charges_above_the_limit_are_counted() {
        var one = caller(Caller.UNLIMITED, 1);
        acquire(one, EVENING);
        release(3, EVENING);
        rejects(one, EVENING, Reason.DAILY_LIMIT_EXCEEDED, Duration.ofHours(1));
        assertThat(spent(EVENING)).isEqualTo(3);
    }

    @Test
    void caller_without_limits_is_never_rejected() {
        for (var i = 0; i < 1_000; i++) {
            acquire(Caller.unlimited("shop"), EVENING);
        }
        assertThat(quota.waiting()).isEqualTo(1_000);
    }

    @Test
    void clock_forward_and_back_grants_no_limit_twice() {
        var two = caller(Caller.UNLIMITED, 2);
        for (var now : new Instant[] { EVENING, MORNING }) {
            for (var i = 0; i < 2; i++) {
                assertThat(quota.acquire(two, now, 0)).isEmpty();
                quota.release(1, now, 0);
            }
        }
        assertThat(quota.acquire(two, EVENING, 0)).hasValueSatisfying(
                rejection -> assertThat(rejection.retryAfter()).contains(Duration.ofHours(25)));
        assertThat(quota.acquire(two, MORNING, 0)).isPresent();
        assertThat(quota.acquire(two, MORNING.plus(Duration.ofDays(1)), 0)).isEmpty();
    }
}
