package io.cardverification.replicas;

import io.cardverification.pacing.Lease;
import io.cardverification.pacing.LeasedPermits;

/**
 * A fixed share of the limit for a replica that has had no lease for a while: {@code floor(N / replicas-at-most)}. With a
 * share of zero, which is the default, nothing is sent without a lease.
 *
 * <p>
 * It begins after the same silence that lets another replica take permits: by then the leases of all replicas have ended if
 * the store is away. Rejected: one rest after the own lease, since the leases of the others may end up to two seconds later.
 *
 * <p>
 * It cannot be safe if the store is away for this replica only, since the others share the whole limit. The operator chooses
 * that. Threads: not synchronised.
 */
final class SplitFallback {

    private final LeasedPermits pacer;
    private final int share;
    private boolean isActive;
    private boolean isWithoutLease = true;
    private long restedAtNanos;

    SplitFallback(LeasedPermits pacer, int share) {
        this.pacer = pacer;
        this.share = share;
    }

    boolean isConfigured() {
        return share > 0;
    }

    /** The other replicas may use their shares from now on. */
    void onNoLease() {
        isWithoutLease = true;
    }

    /**
     * The store answers. Other replicas may use their shares until they hear of it, also if this one never did.
     *
     * @return the least rest of a permit that is granted now
     */
    long leastRestNanos(long handBackNanos, long nowNanos) {
        if (share == 0) {
            return 0;
        }
        if (isWithoutLease) {
            isWithoutLease = false;
            end();
            restedAtNanos = nowNanos + handBackNanos;
        }
        return Math.max(0, restedAtNanos - nowNanos);
    }

    /** The replica owns no permit of the store now. */
    void begin() {
        if (share > 0 && !isActive) {
            isActive = true;
            for (var i = 0; i < share; i++) {
                pacer.grant(0);
            }
            pacer.expect(share, share, 0);
        }
    }

    /** This replica extends its lease itself. */
    void extend(long nowNanos, long wallMillis, LeaseTiming timing) {
        if (isActive) {
            pacer.extend(new Lease(nowNanos, wallMillis, timing.leaseNanos()));
        }
    }

    void end() {
        if (isActive) {
            isActive = false;
            pacer.withdraw(share);
        }
    }
}
