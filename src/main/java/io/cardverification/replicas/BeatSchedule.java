package io.cardverification.replicas;

import io.cardverification.pacing.PermitDemand;

/**
 * When the next beat is due: regular beats, and earlier ones for a task that finds no permit, for permits that move,
 * for a new epoch and for a silent replica.
 *
 * <p>
 * Threads: not synchronised.
 */
final class BeatSchedule {

    private final LeaseTiming timing;
    private long lastNanos;
    private boolean isFirst = true;
    private boolean isAtOnce;
    /** The tasks that the last beat reported. */
    private int reported;

    BeatSchedule(LeaseTiming timing) {
        this.timing = timing;
    }

    /** The next beat follows without a pause. */
    void hurry() {
        isAtOnce = true;
    }

    void sent(PermitDemand demand, long nowNanos) {
        lastNanos = nowNanos;
        isFirst = false;
        isAtOnce = false;
        reported = demand.queued();
    }

    long sinceLastNanos(long nowNanos) {
        return nowNanos - lastNanos;
    }

    /**
     * The time until the next beat, zero or less if it is due.
     *
     * @param isMoving whether this replica owns more permits than it should while others need them, or fewer
     * @param eventNanos the time until another replica is silent or the epoch has been awaited
     */
    long delayNanos(PermitDemand demand, boolean isMoving, long eventNanos, long nowNanos) {
        if (isFirst || isAtOnce) {
            return 0;
        }
        var isStarved = demand.queued() > 0 && demand.free() == 0 && reported == 0;
        var isBusy = demand.queued() + demand.inUse() > 0;
        var pauseNanos = isStarved || isMoving ? timing.minGapNanos()
                : isBusy ? timing.beatNanos() : timing.idleBeatNanos();
        var sinceNanos = sinceLastNanos(nowNanos);
        return Math.min(pauseNanos - sinceNanos, Math.max(eventNanos, timing.minGapNanos() - sinceNanos));
    }
}
