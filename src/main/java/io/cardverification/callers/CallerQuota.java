package io.cardverification.callers;

import java.time.Duration;
import java.time.Instant;

import io.cardverification.verification.Caller;
import io.cardverification.verification.VerificationFailure;

/**
 * The waiting requests of one caller and its charges of today.
 *
 * <p>
 * Each waiting request may be charged. Therefore the number of waiting requests never exceeds the remaining charges. So
 * charges exceed the limit only if the gateway repeats requests with unknown charges. A possible charge counts as a charge.
 *
 * <p>
 * Threads: any; guarded by its own lock.
 */
final class CallerQuota {

    /** An estimate: the gateway does not know when a waiting request ends. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MonotonicDay day = new MonotonicDay();
    private int limit = Caller.UNLIMITED;
    private int waiting;
    private int spent;

    /** @throws VerificationFailure if the caller has reached a limit */
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

    /** Ends a request and counts its charges on the current day. */
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
