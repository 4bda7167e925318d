package io.cardverification.pacing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How many permits this process may use: all N of the limit, or those that it owns under a lease.
 *
 * <p>
 * Threads: not synchronised; the pacer's lock guards it.
 */
final class OwnedPermits {

    /** The time in which a permit usually moves between two processes: one beat. Only predictions use it. */
    static final long TRANSFER_NANOS = Duration.ofMillis(250).toNanos();

    private final AdaptiveLimit limit;
    private boolean leased;
    private int owned;
    private int expected;
    private int usable = Integer.MAX_VALUE;
    private long sharedMarginNanos;
    private @Nullable Lease lease;
    private long leasedSinceNanos;

    OwnedPermits(AdaptiveLimit limit) {
        this.limit = limit;
    }

    /** From now on the process owns nothing but what it is granted. */
    void begin(long nowNanos) {
        leased = true;
        leasedSinceNanos = nowNanos;
    }

    boolean isLeased() {
        return leased;
    }

    int count() {
        return leased ? owned : limit.limit();
    }

    /** Of these, how many may be used at once. */
    int usable() {
        return leased ? Math.min(owned, usable) : limit.limit();
    }

    void add(int count) {
        owned += count;
    }

    /** For predictions: at least one, since a waiting task receives a permit before long. */
    int expected() {
        return leased ? Math.max(1, Math.max(owned, expected)) : limit.limit();
    }

    void expect(int permits, int usable) {
        this.expected = permits;
        this.usable = usable;
    }

    /** J: the own one, or the largest of all processes. */
    long marginNanos() {
        return Math.max(limit.marginNanos(), sharedMarginNanos);
    }

    void shareMargin(long nanos) {
        sharedMarginNanos = nanos;
    }

    /** J never falls below this. */
    long minMarginNanos() {
        return limit.configuredMarginNanos();
    }

    void extend(Lease lease) {
        this.lease = lease;
    }

    /** Ends the lease if the wall clock contradicts the monotonic clock. */
    void compareClocks(long nowNanos, long wallMillis) {
        if (lease != null && lease.holds(nowNanos) && !lease.holds(nowNanos, wallMillis)) {
            lease = null;
            leasedSinceNanos = nowNanos;
        }
    }

    boolean mayDepart(long nowNanos) {
        return !leased || (lease != null && lease.holds(nowNanos));
    }

    /** For how long there has been no lease; 0 with one. */
    long lostNanos(long nowNanos) {
        if (mayDepart(nowNanos)) {
            return 0;
        }
        return Math.max(1, lease == null ? nowNanos - leasedSinceNanos : lease.expiredNanos(nowNanos));
    }
}
