package io.cardverification.replicas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when the rows of the other replicas have not changed, on this replica's monotonic clock.
 *
 * <p>
 * The store compares the number of the row again when it removes a silent replica. So a replica that was itself suspended
 * cannot remove those that it has not heard meanwhile. Threads: not synchronised.
 */
final class PeerWatch {

    private record Sighting(long seq, long sinceNanos) {
    }

    private final long self;
    private Map<Long, Sighting> sightings = new HashMap<>();

    PeerWatch(long self) {
        this.self = self;
    }

    void observe(List<ReplicaRow> rows, long nowNanos) {
        var next = new HashMap<Long, Sighting>();
        for (var row : rows) {
            var last = sightings.get(row.id());
            if (row.id() != self) {
                next.put(row.id(), last != null && last.seq() == row.seq() ? last : new Sighting(row.seq(), nowNanos));
            }
        }
        sightings = next;
    }

    List<Beat.Silent> silent(long silenceNanos, long nowNanos) {
        var silent = new ArrayList<Beat.Silent>();
        sightings.forEach((id, last) -> {
            if (nowNanos - last.sinceNanos() >= silenceNanos) {
                silent.add(new Beat.Silent(id, last.seq()));
            }
        });
        silent.sort((a, b) -> Long.compare(a.id(), b.id()));
        return silent;
    }

    /** The time until the first replica has been silent for that long; zero or less if one has. */
    long nextNanos(long silenceNanos, long nowNanos) {
        var next = Long.MAX_VALUE;
        for (var last : sightings.values()) {
            next = Math.min(next, last.sinceNanos() + silenceNanos - nowNanos);
        }
        return next;
    }
}
