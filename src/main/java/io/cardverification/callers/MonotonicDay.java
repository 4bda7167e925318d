package io.cardverification.callers;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

import io.cardverification.verification.BillingDay;

/**
 * The day of a daily limit. It never goes backwards, although the wall clock may.
 *
 * <p>
 * A later day of the wall clock starts a new day. An earlier day does not, so a clock that goes forward and back grants no
 * limit twice. After the correction of a clock that was far ahead, no later day comes for a long time. Therefore an earlier
 * day also starts a new day 24 hours, by the monotonic clock, after the last day began.
 *
 * <p>
 * Rejected: the wall clock's day without this rule. A new day would start at every step of the clock. Rejected: periods of 24
 * hours from midnight by the monotonic clock alone. That clock stops while a machine is suspended, and a wrong first midnight
 * stays wrong.
 *
 * <p>
 * Threads: not thread-safe; the caller synchronizes.
 */
final class MonotonicDay {

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    private LocalDate day = LocalDate.MIN;
    private long startNanos;

    /** @return true if a new day has begun since the last call, and for the first call */
    boolean advance(Instant now, long nowNanos) {
        var today = BillingDay.of(now);
        if (today.isAfter(day) || (today.isBefore(day) && nowNanos - startNanos >= DAY_NANOS)) {
            day = today;
            startNanos = nowNanos;
            return true;
        }
        return false;
    }

    /** The time until the next day begins. Call {@link #advance} first. */
    Duration untilNext(Instant now, long nowNanos) {
        var timer = Duration.ofNanos(DAY_NANOS - (nowNanos - startNanos));
        return !timer.isNegative() && BillingDay.of(now.plus(timer)).isBefore(day) ? timer
                : Duration.between(now, BillingDay.after(day));
    }
}
