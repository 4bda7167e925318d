package io.cardverification.replicas;

import java.time.Duration;

/**
 * The durations of the lease protocol, in nanoseconds. An immutable value.
 *
 * @param windowNanos W, the upstream's window
 * @param leaseNanos L: after the last good beat was sent, its sender may use its permits for this time
 * @param graceNanos the addition to the lease before another replica takes the permits, for clocks of different rates
 * @param beatNanos the pause between two beats of a replica with work
 * @param idleBeatNanos the same without work
 * @param minGapNanos the shortest pause between two beats, for tasks that find no permit
 * @param replyTimeoutNanos a beat without a reply counts as lost after this time
 */
record LeaseTiming(long windowNanos, long leaseNanos, long graceNanos, long beatNanos, long idleBeatNanos, long minGapNanos,
        long replyTimeoutNanos) {

    static LeaseTiming of(Duration window) {
        var lease = Duration.ofSeconds(3);
        return new LeaseTiming(window.toNanos(), lease.toNanos(), lease.dividedBy(10).toNanos(),
                Duration.ofMillis(250).toNanos(), Duration.ofSeconds(1).toNanos(), Duration.ofMillis(170).toNanos(),
                Duration.ofSeconds(1).toNanos());
    }

    /** Every replica without a reply tries a beat within this time, and then its permits have rested. */
    long handBackNanos(long marginNanos) {
        return idleBeatNanos + replyTimeoutNanos + windowNanos + marginNanos;
    }

    /**
     * G: a replica whose beats another one has not seen for this time has neither a lease nor a permit that still rests.
     *
     * @param marginNanos J
     */
    long silenceNanos(long marginNanos) {
        return leaseNanos + graceNanos + windowNanos + marginNanos;
    }
}
