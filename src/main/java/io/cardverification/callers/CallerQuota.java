package io.cardverification.callers;

import java.time.Duration;
import java.time.Instant;

import io.cardverification.verification.Caller;
import io.cardverification.verification.VerificationFailure;

/**
 * What one caller has waiting and has spent today.
 *
 * <p>
 * Whatever waits may be charged, so no more may wait than may still be charged: a limit is never passed, unless unknown charges
 * are asked again. What may have been charged counts as charged.
 *
 * <p>
 * Threads: any; its own lock guards it.
 */
final class CallerQuota {

    /** When somebody who waits now may have been answered: not a moment that is known. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MonotonicDay day = new MonotonicDay();
    private int limit = Caller.UNLIMITED;
    private int waiting;
    private int spent;

    /** @throws VerificationFailure where there is no room */
    synchronized void acquire(Caller caller, Instant now, long nowNanos) {
        resetOnNewDay(now, nowNanos);
        var remaining = caller.chargesPerDay() - spent;
        if (remaining <= 0) {
            throw VerificationFailure.dailyLimitSpent(day.untilNext(now, nowNanos));
        }
        if (waiting >= Math.min(remaining, caller.mostWaiting())) {
            throw VerificationFailure.callerQueueFull(RETRY_AFTER);
        }
        waiting++;
    }

    /** Counted on the day on which it is known. */
    synchronized void release(int charges, Instant now, long nowNanos) {
        resetOnNewDay(now, nowNanos);
        waiting--;
        spent += charges;
    }

    private void resetOnNewDay(Instant now, long nowNanos) {
        if (day.advance(now, nowNanos)) {
            spent = 0;
        }
    }

    synchronized int waiting() {
        return waiting;
    }

    synchronized int spent(Instant now, long nowNanos) {
        resetOnNewDay(now, nowNanos);
        return spent;
    }

    synchronized void limit(int limit) {
        this.limit = limit;
    }

    synchronized double limit() {
        return limit == Caller.UNLIMITED ? Double.POSITIVE_INFINITY : limit;
    }
}
