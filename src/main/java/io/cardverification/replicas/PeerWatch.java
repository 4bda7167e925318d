package io.cardverification.replicas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when the rows of the other replicas have not changed, on this replica's monotonic clock.
 *
 * <p>
 * After an outage of the store, the first replica that returns would take the others for dead and record their calls as
 * interrupted. So a replica that has not seen the rows for a while watches all of them anew. Threads: not synchronised.
 */
final class PeerWatch {

    private record Sighting(long seq, long sinceNanos) {
    }

    private final long self;
    private final long maxGapNanos;
    private Map<Long, Sighting> sightings = new HashMap<>();
    private long observedNanos;

    /** @param maxGapNanos between two observations; after a longer one all replicas are watched anew */
    PeerWatch(long self, long maxGapNanos) {
        this.self = self;
        this.maxGapNanos = maxGapNanos;
    }

    void observe(List<ReplicaRow> rows, long nowNanos) {
        if (isBlind(nowNanos)) {
            sightings = Map.of();
        }
        observedNanos = nowNanos;
        var next = new HashMap<Long, Sighting>();
        for (var row : rows) {
            var last = sightings.get(row.id());
            if (row.id() != self) {
                next.put(row.id(), last != null && last.seq() == row.seq() ? last : new Sighting(row.seq(), nowNanos));
            }
        }
        sightings = next;
    }

    private boolean isBlind(long nowNanos) {
        return nowNanos - observedNanos > maxGapNanos;
    }

    List<Beat.Silent> silent(long silenceNanos, long nowNanos) {
        var silent = new ArrayList<Beat.Silent>();
        sightings.forEach((id, last) -> {
            if (!isBlind(nowNanos) && nowNanos - last.sinceNanos() >= silenceNanos) {
                silent.add(new Beat.Silent(id, last.seq()));
            }
        });
        silent.sort((a, b) -> Long.compare(a.id(), b.id()));
        return silent;
    }

    /** The time until the first replica has been silent for that long, as far as is known now; zero or less if one has. */
    long nextNanos(long silenceNanos, long nowNanos) {
        var next = Long.MAX_VALUE;
        if (isBlind(nowNanos)) {
            return next;
        }
        for (var last : sightings.values()) {
            next = Math.min(next, last.sinceNanos() + silenceNanos - nowNanos);
        }
        return next;
    }
}
