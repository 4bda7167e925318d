package io.cardverification.replicas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.cardverification.pacing.LeasedPermits;

/**
 * The permits of this replica by number, and those that it has given up without a confirmation of the store.
 *
 * <p>
 * The pacer knows only their count. Threads: not synchronised.
 */
final class HeldPermits {

    private final LeasedPermits pacer;
    private final TreeSet<Integer> owned = new TreeSet<>();
    private final TreeSet<Integer> releasing = new TreeSet<>();
    /** When the permits that were given up have rested; the store may return one without its rest. */
    private final Map<Integer, Long> restedAtNanos = new HashMap<>();

    HeldPermits(LeasedPermits pacer) {
        this.pacer = pacer;
    }

    int count() {
        return owned.size();
    }

    List<Integer> all() {
        return List.copyOf(owned);
    }

    /** Gives up rested permits above the target. */
    void shrinkTo(int target, long nowNanos) {
        var given = pacer.giveUp(Math.max(0, owned.size() - target));
        for (var i = 0; i < given; i++) {
            release(nowNanos);
        }
    }

    private void release(long dueNanos) {
        var permit = owned.last();
        owned.remove(permit);
        releasing.add(permit);
        restedAtNanos.put(permit, dueNanos);
    }

    /** Gives up all permits that no attempt holds. */
    void giveUpAll(long nowNanos) {
        for (var restNanos : pacer.giveUpAll()) {
            release(nowNanos + restNanos);
        }
    }

    /** For the next beat. A lost beat repeats them, with the rest that is left then. */
    List<Beat.Release> releases(long nowNanos) {
        var releases = new ArrayList<Beat.Release>();
        for (var permit : releasing) {
            releases.add(new Beat.Release(permit, restNanos(permit, nowNanos)));
        }
        return releases;
    }

    private long restNanos(int permit, long nowNanos) {
        var dueNanos = restedAtNanos.get(permit);
        return dueNanos == null ? 0 : Math.max(0, dueNanos - nowNanos);
    }

    /**
     * Takes over the store's list, which is true as of a beat that contained all releases.
     *
     * @param leastRestNanos of each permit that is new to this replica
     */
    void replace(List<BeatReply.Owned> permits, long leastRestNanos, long nowNanos) {
        releasing.clear();
        var lost = new TreeSet<>(owned);
        for (var permit : permits) {
            if (!lost.remove(permit.permit())) {
                owned.add(permit.permit());
                pacer.grant(Math.max(leastRestNanos, Math.max(permit.restNanos(), restNanos(permit.permit(), nowNanos))));
                restedAtNanos.remove(permit.permit());
            }
        }
        owned.removeAll(lost);
        pacer.withdraw(lost.size());
    }

    /** The store may have given these permits to another replica, and so may a release that it has not confirmed. */
    void forgetReleases() {
        releasing.clear();
    }

    void dropAll() {
        pacer.withdraw(owned.size());
        owned.clear();
        releasing.clear();
    }
}
