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
final class SlidingWindowLog {

    private final long windowNanos;
    private final AdaptiveLimit allowance;
    /** A ring of the departures that are younger than the spacing; of more than N only the youngest N matter. */
    private final long[] departures;
    private int oldest;
    private int size;
    private int held;

    /**
     * @param window W
     * @param allowance N, which may fall and rise again, and J, added to the window
     */
    SlidingWindowLog(Duration window, AdaptiveLimit allowance) {
        this.windowNanos = window.toNanos();
        this.allowance = allowance;
        this.departures = new long[allowance.most()];
    }

    /**
     * How long the one behind {@code ahead} others has to wait, if those leave as early as they may and all permits that are
     * held leave now; 0 for not at all.
     */
    long waitNanos(long nowNanos, int ahead) {
        forget(nowNanos);
        var limit = allowance.limit();
        var taken = size + held;
        // How many have to be counted no more before this one may leave, the oldest departure being number 0.
        var number = taken + ahead - limit;
        if (number < 0) {
            return 0;
        }
        // Those ahead will be counted, too: from the time at which they may leave.
        var spacings = number < taken ? 0 : (number - taken) / limit + 1;
        var known = number - spacings * limit;
        var first = known < 0 ? 0 : known < size ? departure(known) + spacingNanos() - nowNanos : spacingNanos();
        return first + spacings * spacingNanos();
    }

    void take() {
        held++;
    }

    /** Somebody leaves now. Who held a permit has given it back; who did not is waited for by the others all the same. */
    void note(long nowNanos) {
        if (size == departures.length) {
            oldest = (oldest + 1) % departures.length;
            size--;
        }
        departures[(oldest + size) % departures.length] = nowNanos;
        size++;
    }

    /** The holder holds it no longer. */
    void giveBack() {
        held--;
    }

    /** As if somebody else had used up everything just now. */
    void fill(long nowNanos) {
        for (var i = 0; i < departures.length; i++) {
            note(nowNanos);
        }
    }

    /** TestPermits that anybody could have now. */
    int free(long nowNanos) {
        forget(nowNanos);
        return Math.max(0, allowance.limit() - size - held);
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

    long spacingNanos() {
        return windowNanos + allowance.marginNanos();
    }
}
