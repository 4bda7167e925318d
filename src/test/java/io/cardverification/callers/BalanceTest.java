package io.cardverification.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.Caller;
import io.cardverification.verification.Lane;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;

class BalanceTest {

    /** An hour before midnight in China. */
    private static final Instant EVENING = Instant.parse("2026-11-24T15:00:00Z");
    private static final Instant MORNING = EVENING.plus(Duration.ofHours(1));

    private final Balance balance = new Balance();

    private static Caller caller(int mostWaiting, int chargesPerDay) {
        return new Caller("shop", Set.of(Lane.BATCH), 1, mostWaiting, chargesPerDay);
    }

    private void open(Caller caller, Instant now) {
        balance.open(caller, now, nanos(now));
    }

    private void close(int charges, Instant now) {
        balance.close(charges, now, nanos(now));
    }

    private int spent(Instant now) {
        return balance.spent(now, nanos(now));
    }

    /** Of a wall clock that is never set. */
    private static long nanos(Instant now) {
        return Duration.between(EVENING, now).toNanos();
    }

    private void refuses(Caller caller, Instant now, Reason reason, Duration retryAfter) {
        assertThatThrownBy(() -> open(caller, now)).isInstanceOfSatisfying(VerificationFailure.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.retryAfter()).contains(retryAfter);
        });
    }

    @Test
    void no_more_wait_than_may() {
        var two = caller(2, Caller.UNLIMITED);
        open(two, EVENING);
        open(two, EVENING);
        refuses(two, EVENING, Reason.CALLER_QUEUE_FULL, Duration.ofSeconds(1));
        close(1, EVENING);
        open(two, EVENING);
        assertThat(balance.waiting()).isEqualTo(2);
    }

    @Test
    void what_is_spent_is_spent_until_the_next_day_begins_in_china() {
        var two = caller(Caller.UNLIMITED, 2);
        open(two, EVENING);
        close(1, EVENING);
        open(two, EVENING);
        close(1, EVENING);
        refuses(two, EVENING, Reason.DAILY_LIMIT_SPENT, Duration.ofHours(1));
        refuses(two, MORNING.minusNanos(1), Reason.DAILY_LIMIT_SPENT, Duration.ofNanos(1));
        open(two, MORNING);
        assertThat(spent(MORNING)).isZero();
    }

    @Test
    void what_waits_may_be_charged_so_no_more_wait_than_are_left() {
        var two = caller(Caller.UNLIMITED, 2);
        open(two, EVENING);
        open(two, EVENING);
        refuses(two, EVENING, Reason.CALLER_QUEUE_FULL, Duration.ofSeconds(1));
        close(0, EVENING);
        open(two, EVENING);
        close(1, EVENING);
        close(1, EVENING);
        refuses(two, EVENING, Reason.DAILY_LIMIT_SPENT, Duration.ofHours(1));
    }

    @Test
    void a_limit_of_nothing_lets_nothing_through() {
        refuses(caller(Caller.UNLIMITED, 0), EVENING, Reason.DAILY_LIMIT_SPENT, Duration.ofHours(1));
    }

    @Test
    void more_spent_than_may_be_is_no_credit() {
        var one = caller(Caller.UNLIMITED, 1);
        open(one, EVENING);
        close(3, EVENING);
        refuses(one, EVENING, Reason.DAILY_LIMIT_SPENT, Duration.ofHours(1));
        assertThat(spent(EVENING)).isEqualTo(3);
    }

    @Test
    void whoever_has_no_limits_is_never_refused() {
        for (var i = 0; i < 1_000; i++) {
            open(Caller.unlimited("shop"), EVENING);
        }
        assertThat(balance.waiting()).isEqualTo(1_000);
    }

    @Test
    void a_clock_that_goes_forward_and_back_gives_no_day_twice() {
        var two = caller(Caller.UNLIMITED, 2);
        for (var now : new Instant[] { EVENING, MORNING }) {
            for (var i = 0; i < 2; i++) {
                balance.open(two, now, 0);
                balance.close(1, now, 0);
            }
        }
        assertThatThrownBy(() -> balance.open(two, EVENING, 0)).isInstanceOfSatisfying(VerificationFailure.class,
                refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofHours(25)));
        assertThatThrownBy(() -> balance.open(two, MORNING, 0)).isInstanceOf(VerificationFailure.class);
        balance.open(two, MORNING.plus(Duration.ofDays(1)), 0);
    }
}
