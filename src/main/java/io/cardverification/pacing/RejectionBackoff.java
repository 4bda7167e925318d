package io.cardverification.pacing;

import java.time.Duration;

/**
 * Holds everything back for a moment after a refusal, for longer where the same request is refused again, and tells when
 * nothing else has come for so long that waiting is no use.
 *
 * <p>
 * Nanoseconds. Threads: none of its own; the owner's lock guards it.
 */
final class RejectionBackoff {

    private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

    private final long patienceNanos;
    private final long firstPauseNanos;
    private final long longestPauseNanos;

    private boolean refusing;
    private long sinceNanos;
    private long lastNanos;
    private long resumeNanos;
    private long lockNanos;
    private boolean locked;
    private long lockedUntilNanos;

    /**
     * @param patience for so long refusals alone are borne
     * @param firstPause after a first refusal; each more of the same request doubles it
     * @param longestPause no pause is longer
     */
    RejectionBackoff(Duration patience, Duration firstPause, Duration longestPause) {
        Preconditions.require(!patience.isNegative(), "lock-out must not be negative, but is " + patience);
        this.patienceNanos = patience.toNanos();
        this.firstPauseNanos = firstPause.toNanos();
        this.longestPauseNanos = longestPause.toNanos();
    }

    /**
     * @param times how often this request has been refused now, at least once
     * @return whether it is a lock-out now
     */
    boolean refused(int times, long nowNanos) {
        var stale = refusing && nowNanos - (locked ? lockedUntilNanos : lastNanos) > patienceNanos;
        if (!refusing || stale) {
            refusing = true;
            sinceNanos = nowNanos;
            resumeNanos = nowNanos;
            lockNanos = FIRST_NANOS;
        }
        lastNanos = nowNanos;
        var pauseNanos = Math.min(longestPauseNanos, firstPauseNanos << (times - 1));
        resumeNanos = nowNanos + Math.max(resumeNanos - nowNanos, pauseNanos);
        if (nowNanos - sinceNanos < patienceNanos) {
            locked = false;
            return false;
        }
        if (!locked || nowNanos - lockedUntilNanos >= 0) {
            locked = true;
            lockedUntilNanos = nowNanos + lockNanos;
            lockNanos = Math.min(LONGEST_NANOS, lockNanos * 2);
        }
        return true;
    }

    void admitted() {
        refusing = false;
        locked = false;
    }

    /** How long nothing may leave; 0 for not at all. */
    long pauseNanos(long nowNanos) {
        return refusing ? Math.max(0, resumeNanos - nowNanos) : 0;
    }

    /** How long nobody may wait; 0 for not at all. */
    long lockedNanos(long nowNanos) {
        return locked ? Math.max(0, lockedUntilNanos - nowNanos) : 0;
    }
}
