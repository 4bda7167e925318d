package io.cardverification.pacing;

import java.time.Duration;

/**
 * {@code N} permits and one question: when may the next request depart? A permit is held from its dispatch to the
 * departure of its request, and is free again {@code W + J} after that.
 *
 * <p>
 * Rejected: counting from the dispatch. A connection, a TLS handshake or cold code delays the arrival, and the upstream
 * counts arrivals. Measured: counted from the dispatch, more than 20 requests of a cold process arrived in the first
 * second.
 *
 * <p>
 * Nanoseconds of a monotonic clock. Threads: not synchronised; the pacer's lock guards it.
 */
final class SlidingWindowLog {

    private final long windowNanos;
    private final AdaptiveLimit adaptiveLimit;
    /** A ring of the departures that are younger than the spacing; only the youngest N matter. */
    private final long[] departures;
    private int oldest;
    private int size;
    private int held;

    /**
     * @param window W
     * @param adaptiveLimit N, which falls and rises, and J, which is added to the window
     */
    SlidingWindowLog(Duration window, AdaptiveLimit adaptiveLimit) {
        this.windowNanos = window.toNanos();
        this.adaptiveLimit = adaptiveLimit;
        this.departures = new long[adaptiveLimit.configuredLimit()];
    }

    /**
     * The wait of a request behind {@code ahead} others, if those depart as early as they may and all held permits
     * depart now; zero or less if it may depart now.
     */
    long waitNanos(long nowNanos, int ahead) {
        expire(nowNanos);
        var limit = adaptiveLimit.limit();
        var taken = size + held;
        // How many departures have to expire before this one; the oldest departure has number 0.
        var number = taken + ahead - limit;
        if (number < 0) {
            return 0;
        }
        // The departures of those ahead count, too, from the time at which they may depart.
        var spacings = number < taken ? 0 : (number - taken) / limit + 1;
        var known = number - spacings * limit;
        var first = known < 0 ? 0 : known < size ? departure(known) + spacingNanos() - nowNanos : spacingNanos();
        return first + spacings * spacingNanos();
    }

    /** A permit is held from now on. */
    void acquire() {
        held++;
    }

    /** A permit is no longer held. */
    void release() {
        held--;
    }

    /** A request departs now; its permit has been released. */
    void recordDeparture(long nowNanos) {
        if (size == departures.length) {
            oldest = (oldest + 1) % departures.length;
            size--;
        }
        departures[(oldest + size) % departures.length] = nowNanos;
        size++;
    }

    /** As if another process had used all permits just now. */
    void saturate(long nowNanos) {
        for (var i = 0; i < departures.length; i++) {
            recordDeparture(nowNanos);
        }
    }

    /** The permits that are available now. */
    int free(long nowNanos) {
        expire(nowNanos);
        return Math.max(0, adaptiveLimit.limit() - size - held);
    }

    private void expire(long nowNanos) {
        while (size > 0 && nowNanos - departure(0) >= spacingNanos()) {
            oldest = (oldest + 1) % departures.length;
            size--;
        }
    }

    private long departure(int rank) {
        return departures[(oldest + rank) % departures.length];
    }

    long spacingNanos() {
        return windowNanos + adaptiveLimit.marginNanos();
    }
}
