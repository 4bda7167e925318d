package io.cardverification.callers;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

import io.cardverification.verification.ChargeDay;

/**
 * The day that charges are counted in. It never goes backwards, although the wall clock may.
 *
 * <p>
 * A later day by the wall clock is a new day. An earlier one is not: a clock that goes forward and back gives no day's limit
 * twice. After a clock that was far ahead is corrected, no later day comes for long. So an earlier day is a new one, too, 24
 * hours by the monotonic clock after the last one began.
 *
 * <p>
 * Rejected: counting the wall clock's day, whichever it is, which starts anew at every step. Rejected: counting 24 hours from
 * midnight by the monotonic clock alone: it stands still while a machine is suspended, and stays wrong after a wrong start.
 *
 * <p>
 * Threads: one at a time.
 */
final class MonotonicDay {

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    private LocalDate day = LocalDate.MIN;
    private long startNanos;

    /** @return whether another day has begun since the last call; true for the first call */
    boolean advance(Instant now, long nowNanos) {
        var today = ChargeDay.of(now);
        if (today.isAfter(day) || (today.isBefore(day) && nowNanos - startNanos >= DAY_NANOS)) {
            day = today;
            startNanos = nowNanos;
            return true;
        }
        return false;
    }

    /** How long it is, after a call of {@link #advance}, until another day begins. */
    Duration untilNext(Instant now, long nowNanos) {
        var timer = Duration.ofNanos(DAY_NANOS - (nowNanos - startNanos));
        return !timer.isNegative() && ChargeDay.of(now.plus(timer)).isBefore(day) ? timer
                : Duration.between(now, ChargeDay.after(day));
    }
}
