package io.cardverification.replicas;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.cardverification.pacing.LeasedPermits;

/**
 * Sums the sent and rejected requests of all replicas, by the rows of the store. Only the chair adapts to rejections; every
 * replica counts the rounds.
 *
 * <p>
 * Rejected: adaptation by each replica on its own counts. A replica with a third of the permits sees a third of the
 * rejections, and N replicas would lower the limit N times for one cause. Threads: not synchronised.
 */
final class FleetCounts {

    private final LeasedPermits pacer;
    private Map<Long, ReplicaRow> last = new HashMap<>();

    FleetCounts(LeasedPermits pacer) {
        this.pacer = pacer;
    }

    /** @param isChair whether this replica adapts the limit for all */
    void observe(List<ReplicaRow> rows, boolean isChair) {
        var departures = 0L;
        var rejections = 0L;
        var next = new HashMap<Long, ReplicaRow>();
        for (var row : rows) {
            var before = last.getOrDefault(row.id(), row);
            departures += Math.max(0, row.sent() - before.sent());
            rejections += Math.max(0, row.rejected() - before.rejected());
            next.put(row.id(), row);
        }
        last = next;
        pacer.observe(departures, isChair ? rejections : 0);
    }
}
