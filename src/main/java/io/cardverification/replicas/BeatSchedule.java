package io.cardverification.replicas;

import io.cardverification.pacing.PermitDemand;

/**
 * When the next beat is due: regular beats, and earlier ones for a task that finds no permit, for a new epoch, for a silent
 * replica and for a stop.
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
     * @param isStopping whether permits have to be handed over
     * @param eventNanos the time until another replica is silent or the epoch has been awaited
     */
    long delayNanos(PermitDemand demand, boolean isStopping, long eventNanos, long nowNanos) {
        if (isFirst || isAtOnce) {
            return 0;
        }
        var isStarved = demand.queued() > 0 && demand.free() == 0 && reported == 0;
        var isBusy = demand.queued() + demand.inUse() > 0;
        var pauseNanos = isStarved || isStopping ? timing.minGapNanos()
                : isBusy ? timing.beatNanos() : timing.idleBeatNanos();
        var sinceNanos = sinceLastNanos(nowNanos);
        return Math.min(pauseNanos - sinceNanos, Math.max(eventNanos, timing.minGapNanos() - sinceNanos));
    }
}
