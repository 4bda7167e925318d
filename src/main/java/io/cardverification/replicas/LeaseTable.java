package io.cardverification.replicas;

import java.util.Collections;
import java.util.List;

/**
 * The whole state of the store's side: which replica owns which permit. An immutable value, a few hundred bytes for 20
 * permits.
 *
 * <p>
 * A store loads it under one row lock, applies one beat and writes the result in the same transaction. It contains
 * durations and no times, since the store's clock takes part in nothing.
 *
 * @param epoch random, so that two histories of a store never share it; zero before the first beat
 * @param server the identity of the server that began the epoch
 * @param settled whether the permits without an owner may be taken
 * @param limit N, as adapted; at most the number of permits
 * @param permits by number
 * @param replicas in the order of their ids
 */
public record LeaseTable(long epoch, String server, boolean settled, int limit, List<PermitRow> permits,
        List<ReplicaRow> replicas) {

    public LeaseTable {
        permits = List.copyOf(permits);
        replicas = List.copyOf(replicas);
    }

    /** The state after one beat, and its reply. */
    public record Outcome(LeaseTable table, BeatReply reply) {
    }

    /**
     * A table that knows nothing. Its permits rest until one replica has waited for the grace, since an earlier table may
     * have been lost.
     */
    public static LeaseTable empty(int limit) {
        return new LeaseTable(0, "", false, limit, Collections.nCopies(limit, PermitRow.pooled(0)), List.of());
    }

    /**
     * One atomic step.
     *
     * @param server the identity of the server now; it changes when the server may have lost commits
     * @param batchPercent the share of batch if both lanes need permits, 0 to 90
     */
    public Outcome apply(Beat beat, String server, int batchPercent) {
        return new BeatStep(this, beat, server, batchPercent).apply();
    }
}
