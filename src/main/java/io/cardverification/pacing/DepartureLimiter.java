package io.cardverification.pacing;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.PermitDenied.Reason;

/**
 * When the next request may depart: the sliding-window log, with the limit that the upstream's rejections have shown
 * and the back-off after a rejection.
 *
 * <p>
 * Nanoseconds. Threads: not synchronised; the pacer's lock guards it.
 */
final class DepartureLimiter {

    private final AdaptiveLimit limit;
    private final SlidingWindowLog log;
    private final RejectionBackoff backoff;
    private @Nullable String lastErrorCode;

    DepartureLimiter(PacingConfig config) {
        var window = config.window();
        this.limit = new AdaptiveLimit(config.limit(), window, config.margin(), config.startupMargin());
        this.log = new SlidingWindowLog(window, limit);
        this.backoff = new RejectionBackoff(config.rejectionTimeout(), window.dividedBy(config.limit()), window);
    }

    AdaptiveLimit limit() {
        return limit;
    }

    SlidingWindowLog log() {
        return log;
    }

    /** The wait behind {@code ahead} others; zero or less if a request may depart now. */
    long waitNanos(long nowNanos, int ahead) {
        return Math.max(log.waitNanos(nowNanos, ahead), backoff.pauseNanos(nowNanos));
    }

    /** The wait until the next request may depart, with the permits that are here. */
    long departureNanos(long nowNanos) {
        return Math.max(log.departureNanos(nowNanos), backoff.pauseNanos(nowNanos));
    }

    /** A permit is given. */
    void acquire() {
        log.acquire();
    }

    /** A permit ends, and its request was not sent and never will be. */
    void release() {
        log.release();
    }

    /**
     * The request of a permit departs.
     *
     * @return whether this departure restores the limit
     */
    boolean recordDeparture(Permit permit, long nowNanos) {
        var wasDegraded = limit.isDegraded();
        log.release();
        log.recordDeparture(nowNanos);
        if (log.owned().isLeased()) {
            return false; // counted with the departures of the other processes
        }
        permit.assignRound(limit.recordDeparture());
        return wasDegraded && !limit.isDegraded();
    }

    /** Whether a rejection now degrades the limit, so that the operator has to know. */
    boolean degradesOnRejection() {
        return !log.owned().isLeased() && !limit.isDegraded();
    }

    void onSuccess() {
        backoff.onSuccess();
    }

    /**
     * @param times how often the limit has rejected the same task
     * @return whether the upstream is overloaded now, so that no waiter may wait
     */
    boolean onRejection(Permit permit, int times, @Nullable String errorCode, long nowNanos) {
        lastErrorCode = errorCode;
        if (!log.owned().isLeased()) {
            limit.onRejection(permit.round());
        }
        return backoff.onRejection(times, nowNanos);
    }

    boolean isOverloaded(long nowNanos) {
        return overloadNanos(nowNanos) > 0;
    }

    /** For how long no waiter may wait; 0 if it may. */
    long overloadNanos(long nowNanos) {
        return backoff.cooldownNanos(nowNanos);
    }

    PermitDenied overloadDenial(long nowNanos) {
        return PermitDenied.of(Reason.UPSTREAM_OVERLOADED, overloadNanos(nowNanos), lastErrorCode);
    }
}
