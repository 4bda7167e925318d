package io.cardverification.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.cardverification.verification.NanoClock;

/** Time passes, and the wall clock is set, only if the test says so. */
final class StoppedClock extends Clock implements NanoClock {

    private Instant now;
    /** About to pass the largest number, as it may. */
    private long nanos = Long.MAX_VALUE - 1;

    StoppedClock(Instant now) {
        this.now = now;
    }

    void pass(Duration duration) {
        set(duration);
        nanos += duration.toNanos();
    }

    /** Forward, or back if it is negative. */
    void set(Duration step) {
        now = now.plus(step);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
