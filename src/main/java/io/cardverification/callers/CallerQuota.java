package io.cardverification.callers;

import java.time.Instant;
import java.util.Optional;

import io.cardverification.verification.Caller;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;

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

    private final MonotonicDay day = new MonotonicDay();
    private int limit = Caller.UNLIMITED;
    private int waiting;
    private int spent;

    /** @return the reason, if the caller has reached a limit; then nothing was acquired */
    synchronized Optional<VerificationFailure> acquire(Caller caller, Instant now, long nowNanos) {
        resetOnNewDay(now, nowNanos);
        var remaining = caller.chargesPerDay() - spent;
        if (remaining <= 0) {
            return Optional
                    .of(VerificationFailure.notSent(Reason.DAILY_LIMIT_EXCEEDED, day.untilNext(now, nowNanos)));
        }
        if (waiting >= Math.min(remaining, caller.maxConcurrent())) {
            return Optional.of(VerificationFailure.of(Reason.CONCURRENCY_LIMIT_EXCEEDED));
        }
        waiting++;
        return Optional.empty();
    }

    /** Ends a request and counts its charges on the current day. */
    synchronized void release(int charges, Instant now, long nowNanos) {
        resetOnNewDay(now, nowNanos);
        waiting--;
        spent += charges;
    }

    /** Counts the charges of today that an earlier process has caused. */
    synchronized void restore(int charges, Instant now, long nowNanos) {
        resetOnNewDay(now, nowNanos);
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
