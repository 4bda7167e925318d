package io.cardverification.pacing;

import java.time.Duration;

/**
 * {@code N} permits and one question: when may the next one leave? A permit is held from its grant until its holder has left,
 * and comes back {@code W + J} after that.
 *
 * <p>
 * Why held, and not stamped when it is granted: what happens in between (a connection, a TLS handshake, a cold start) delays
 * the arrival, and the arrival is what is counted. Measured: stamped at the grant, the first burst of a cold process had more
 * than 20 arrivals in a second.
 *
 * <p>
 * Nanoseconds of a monotonic clock throughout. Threads: none of its own; the owner's lock guards it.
 */
final class SlidingLog {

    private final long windowNanos;
    private final Margin margin;
    /** A ring of the departures that are younger than the spacing; of more than N only the youngest N matter. */
    private final long[] departures;
    private int oldest;
    private int size;
    private int held;

    /**
     * @param limit N, departures in a window
     * @param window W
     * @param margin J, added to the window
     */
    SlidingLog(int limit, Duration window, Margin margin) {
        Rules.require(limit >= 1, "limit must be at least 1, but is " + limit);
        Rules.require(window.compareTo(Duration.ZERO) > 0, "window must be above zero, but is " + window);
        this.windowNanos = window.toNanos();
        this.margin = margin;
        this.departures = new long[limit];
    }

    /**
     * How long the one behind {@code ahead} others has to wait, if those leave as early as they may and all permits that are
     * held leave now; 0 for not at all.
     */
    long waitNanos(long nowNanos, int ahead) {
        forget(nowNanos);
        var behindFree = ahead - free();
        if (behindFree < 0) {
            return 0;
        }
        var rank = behindFree % departures.length;
        var first = rank < size ? departure(rank) + spacingNanos() - nowNanos : spacingNanos();
        return first + behindFree / departures.length * spacingNanos();
    }

    /** When the next permit comes back by itself; negative where all are held, so that only a departure can tell. */
    long nextReturnNanos(long nowNanos) {
        return size == 0 ? -1 : Math.max(0, departure(0) + spacingNanos() - nowNanos);
    }

    void take() {
        held++;
    }

    /** The holder leaves now. */
    void depart(long nowNanos) {
        held--;
        note(nowNanos);
    }

    /** Somebody leaves now without holding a permit; the others wait for it all the same. */
    void note(long nowNanos) {
        if (size == departures.length) {
            oldest = (oldest + 1) % departures.length;
            size--;
        }
        departures[(oldest + size) % departures.length] = nowNanos;
        size++;
        margin.departed();
    }

    /** The holder will never leave. */
    void giveBack() {
        held--;
    }

    private int free() {
        return departures.length - size - held;
    }

    private void forget(long nowNanos) {
        while (size > 0 && nowNanos - departure(0) >= spacingNanos()) {
            oldest = (oldest + 1) % departures.length;
            size--;
        }
    }

    private long departure(int rank) {
        return departures[(oldest + rank) % departures.length];
    }

    private long spacingNanos() {
        return windowNanos + margin.nanos();
    }
}
