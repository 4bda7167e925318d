package io.cardverification.pacing;

/** Counts departures independently of the core: a ring of the last N. */
final class ModelDepartures {

    private final long[] ring;
    private final long spacingNanos;
    private int total;

    /** @param spacingNanos the least time from a departure to the Nth after it */
    ModelDepartures(int limit, long spacingNanos) {
        this.ring = new long[limit];
        this.spacingNanos = spacingNanos;
    }

    /** @return whether the limit allows this departure */
    boolean add(long nowNanos) {
        var index = total % ring.length;
        var isAllowed = total < ring.length || nowNanos - ring[index] >= spacingNanos;
        ring[index] = nowNanos;
        total++;
        return isAllowed;
    }

    int total() {
        return total;
    }

    /** How many of the last N departed less than {@code spanNanos} ago. */
    int within(long spanNanos, long nowNanos) {
        var count = 0;
        for (var i = 0; i < Math.min(total, ring.length); i++) {
            count += nowNanos - ring[i] < spanNanos ? 1 : 0;
        }
        return count;
    }
}
