package io.cardverification.replicas;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How many permits each replica should own: a pure function of the demands.
 *
 * <p>
 * Interactive demands come first, and batch has its floor if both lanes need permits. Within a lane the shares are
 * proportional to the demands, which makes the waits equal; each replica with a demand receives one permit before. A
 * replica that owns the larger of two possible shares keeps it, since each move costs the time of two beats.
 *
 * <p>
 * Permits that no task needs stay in the pool, except a few: so a single request finds a permit, and a burst finds most of
 * them at once. Rejected: equal shares of all idle permits, since a burst would wait for the beats of the idle replicas.
 */
final class Shares {

    private static final int PERCENT = 100;
    /** Of the permits without a demand, this part is spread over the replicas. */
    private static final int SPARE_DIVISOR = 4;

    private final List<ReplicaRow> replicas;
    private final int[] owned;
    private final int[] targets;

    private Shares(List<ReplicaRow> replicas, int[] owned) {
        this.replicas = replicas;
        this.owned = owned;
        this.targets = new int[replicas.size()];
    }

    /** @param owned by the index of the replica, as the result */
    static int[] targets(List<ReplicaRow> replicas, int[] owned, int limit, int batchPercent) {
        var shares = new Shares(replicas, owned);
        var interactive = shares.total(ReplicaRow::interactive);
        var batch = shares.total(ReplicaRow::batch);
        var floor = Math.min(batch, ((long) limit * batchPercent + PERCENT - 1) / PERCENT);
        var forInteractive = (int) Math.min(interactive, limit - floor);
        var forBatch = (int) Math.min(batch, limit - forInteractive);
        shares.divide(forInteractive, interactive, ReplicaRow::interactive);
        shares.divide(forBatch, batch, ReplicaRow::batch);
        shares.spare(limit - forInteractive - forBatch);
        return shares.targets;
    }

    private static int demand(ReplicaRow row, ToIntFunction<ReplicaRow> lane) {
        return row.leaving() ? 0 : lane.applyAsInt(row);
    }

    private long total(ToIntFunction<ReplicaRow> lane) {
        return replicas.stream().mapToLong(row -> demand(row, lane)).sum();
    }

    private void divide(int permits, long total, ToIntFunction<ReplicaRow> lane) {
        var claimants = (int) replicas.stream().filter(row -> demand(row, lane) > 0).count();
        if (claimants == 0) {
            return;
        }
        var first = permits >= claimants ? 1 : 0;
        var left = permits;
        var remainders = new long[targets.length];
        for (var i = 0; i < targets.length; i++) {
            var demand = demand(replicas.get(i), lane);
            if (demand > 0) {
                var quota = (demand - first) * (long) (permits - first * claimants);
                var rest = Math.max(1, total - (long) first * claimants);
                var share = first + (int) (quota / rest);
                remainders[i] = 1 + quota % rest;
                targets[i] += share;
                left -= share;
            }
        }
        for (; left > 0; left--) {
            var next = next(remainders);
            targets[next]++;
            remainders[next] = 0;
        }
    }

    /** The largest remainder, and before it a replica that owns a permit more than its share so far. */
    private int next(long[] remainders) {
        var best = -1;
        for (var i = 0; i < remainders.length; i++) {
            if (remainders[i] > 0 && (best < 0 || isBefore(i, best, remainders))) {
                best = i;
            }
        }
        return best;
    }

    private boolean isBefore(int a, int b, long[] remainders) {
        var aKeeps = owned[a] > targets[a];
        return aKeeps == owned[b] > targets[b] ? remainders[a] > remainders[b] : aKeeps;
    }

    private void spare(int permits) {
        var live = (int) replicas.stream().filter(row -> !row.leaving()).count();
        if (live == 0) {
            return;
        }
        var each = Math.max(1, permits / (SPARE_DIVISOR * live));
        var left = permits;
        for (var i = 0; i < targets.length; i++) {
            if (!replicas.get(i).leaving()) {
                var share = Math.min(each, left);
                targets[i] += share;
                left -= share;
            }
        }
    }
}
