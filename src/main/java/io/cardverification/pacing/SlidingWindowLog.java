package io.cardverification.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

    /** Longer than every maximum wait, and short enough for sums. */
    static final long UNKNOWN = Long.MAX_VALUE / 4;

    private final long windowNanos;
    private final OwnedPermits owned;
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
        this.owned = new OwnedPermits(adaptiveLimit);
        this.departures = new long[adaptiveLimit.configuredLimit()];
    }

    OwnedPermits owned() {
        return owned;
    }

    /** The wait until a permit is free; {@link #UNKNOWN} if that depends on a permit or a lease that is not here yet. */
    long departureNanos(long nowNanos) {
        return owned.usable() > 0 && owned.mayDepart(nowNanos) ? waitNanos(nowNanos, 0, owned.usable()) : UNKNOWN;
    }

    /**
     * The wait of a request behind {@code ahead} others, if those depart as early as they may and all held permits
     * depart now; zero or less if it may depart now.
     *
     * <p>
     * With leased permits it is an estimate: the permits that this process will own soon arrive within a beat, and a lost
     * lease is expected to last for as long again.
     */
    long waitNanos(long nowNanos, int ahead) {
        var waitNanos = waitNanos(nowNanos, ahead, owned.expected());
        if (!owned.isLeased() || isFree(nowNanos, ahead)) {
            return waitNanos;
        }
        return Math.max(waitNanos, OwnedPermits.TRANSFER_NANOS) + owned.lostNanos(nowNanos);
    }

    private boolean isFree(long nowNanos, int ahead) {
        return ahead < free(nowNanos);
    }

    private long waitNanos(long nowNanos, int ahead, int limit) {
        expire(nowNanos);
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

    /** As if a departure had left a permit that rests for this time from now on, whatever J is meanwhile. */
    void recordRest(long restNanos, long nowNanos) {
        var at = nowNanos + restNanos - windowNanos - owned.minMarginNanos();
        if (size == departures.length && departure(0) - at >= 0) {
            return; // only the youngest N matter
        }
        recordDeparture(at);
        for (var rank = size - 1; rank > 0 && departure(rank) - departure(rank - 1) < 0; rank--) {
            var older = departure(rank);
            set(rank, departure(rank - 1));
            set(rank - 1, older);
        }
    }

    /**
     * Removes the permits that are not held, with their departures. The departures of permits that were taken away before
     * remain.
     *
     * @return the rest of each permit
     */
    List<Long> takeAll(long nowNanos) {
        var rests = new ArrayList<Long>();
        for (var left = rested(nowNanos); left > 0; left--) {
            rests.add(0L);
        }
        for (var resting = Math.min(size, owned.count() - held); resting > 0; resting--) {
            size--;
            rests.add(departure(size) + spacingNanos() - nowNanos);
        }
        return rests;
    }

    void clear() {
        size = 0;
    }

    /** The permits that are available now. */
    int free(long nowNanos) {
        return owned.mayDepart(nowNanos) ? Math.max(0, owned.usable() - inUse(nowNanos)) : 0;
    }

    /** The permits that are neither held nor rest; below zero if permits were taken away. */
    int rested(long nowNanos) {
        return owned.count() - inUse(nowNanos);
    }

    /** The permits that are held or rest. */
    int inUse(long nowNanos) {
        expire(nowNanos);
        return size + held;
    }

    /** Whether a held permit may be used: permits may have been taken away since its dispatch. */
    boolean mayDepart(long nowNanos) {
        expire(nowNanos);
        return owned.mayDepart(nowNanos) && (!owned.isLeased() || size < owned.count());
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

    private void set(int rank, long atNanos) {
        departures[(oldest + rank) % departures.length] = atNanos;
    }

    long spacingNanos() {
        return windowNanos + owned.marginNanos();
    }
}
