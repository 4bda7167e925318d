package io.cardverification.replicas;

/** The clocks of one machine: a monotonic one with a rate of its own, and a wall clock that steps. */
final class LocalClock {

    private static final long MILLION = 1_000_000;

    private final SimulatedTime time;
    private final long ppm;
    private final long offsetNanos;
    private long suspendedNanos;
    private long wallOffsetMillis;

    /** @param ppm how much faster than true time it runs */
    LocalClock(SimulatedTime time, long ppm, long offsetNanos) {
        this.time = time;
        this.ppm = ppm;
        this.offsetNanos = offsetNanos;
    }

    long nowNanos() {
        var elapsed = time.nowNanos() - suspendedNanos;
        return offsetNanos + elapsed + elapsed / MILLION * ppm;
    }

    /** The true time that passes in this much time of the clock, rounded up. */
    long trueNanos(long nanos) {
        return nanos + Math.abs(nanos / MILLION * ppm) + Math.abs(ppm) + 1;
    }

    long wallMillis() {
        return time.nowNanos() / MILLION + wallOffsetMillis;
    }

    void stepWallClock(long millis) {
        wallOffsetMillis += millis;
    }

    /** The machine stands still, as a virtual machine does; its wall clock is corrected afterwards. */
    void suspend(long nanos) {
        suspendedNanos += nanos;
    }
}
