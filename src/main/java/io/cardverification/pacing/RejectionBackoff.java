package io.cardverification.pacing;

import java.time.Duration;

/**
 * Pauses all departures after a rejection, and longer if the same request is rejected again. If the upstream rejects
 * everything for long enough, a cool-down begins, in which no waiter may wait.
 *
 * <p>
 * Nanoseconds. Threads: not synchronised; the pacer's lock guards it.
 */
final class RejectionBackoff {

    private static final long FIRST_COOLDOWN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_COOLDOWN_NANOS = Duration.ofSeconds(30).toNanos();

    private final long toleratedNanos;
    private final long firstPauseNanos;
    private final long maxPauseNanos;

    private boolean rejecting;
    private long firstRejectionNanos;
    private long lastRejectionNanos;
    private long pauseEndNanos;
    private long nextCooldownNanos;
    private boolean coolingDown;
    private long cooldownEndNanos;

    /**
     * @param tolerated how long the upstream may reject everything before a cool-down begins
     * @param firstPause after the first rejection; each further rejection of the same request doubles it
     * @param maxPause the longest pause
     */
    RejectionBackoff(Duration tolerated, Duration firstPause, Duration maxPause) {
        Preconditions.require(!tolerated.isNegative(), "rejection-timeout must not be negative, but is " + tolerated);
        this.toleratedNanos = tolerated.toNanos();
        this.firstPauseNanos = firstPause.toNanos();
        this.maxPauseNanos = maxPause.toNanos();
    }

    /**
     * @param times how often this request has been rejected, at least once
     * @return whether this is a cool-down now
     */
    boolean onRejection(int times, long nowNanos) {
        var stale = rejecting && nowNanos - (coolingDown ? cooldownEndNanos : lastRejectionNanos) > toleratedNanos;
        if (!rejecting || stale) {
            rejecting = true;
            firstRejectionNanos = nowNanos;
            pauseEndNanos = nowNanos;
            nextCooldownNanos = FIRST_COOLDOWN_NANOS;
        }
        lastRejectionNanos = nowNanos;
        var pauseNanos = Math.min(maxPauseNanos, firstPauseNanos << (times - 1));
        pauseEndNanos = nowNanos + Math.max(pauseEndNanos - nowNanos, pauseNanos);
        if (nowNanos - firstRejectionNanos < toleratedNanos) {
            coolingDown = false;
            return false;
        }
        if (!coolingDown || nowNanos - cooldownEndNanos >= 0) {
            coolingDown = true;
            cooldownEndNanos = nowNanos + nextCooldownNanos;
            nextCooldownNanos = Math.min(MAX_COOLDOWN_NANOS, nextCooldownNanos * 2);
        }
        return true;
    }

    void onSuccess() {
        rejecting = false;
        coolingDown = false;
    }

    /** For how long no request may depart; 0 if it may. */
    long pauseNanos(long nowNanos) {
        return rejecting ? Math.max(0, pauseEndNanos - nowNanos) : 0;
    }

    /** For how long no waiter may wait; 0 if it may. */
    long cooldownNanos(long nowNanos) {
        return coolingDown ? Math.max(0, cooldownEndNanos - nowNanos) : 0;
    }
}
