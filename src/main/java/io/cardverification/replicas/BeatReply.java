package io.cardverification.replicas;

import java.util.List;

/**
 * The store's answer to one beat. An immutable value.
 *
 * @param seq the number of the beat
 * @param accepted false if the store has applied this beat or a later one before; then nothing else is valid
 * @param epoch differs from the epoch of the beat if the store has begun a new one
 * @param settled whether all permits of earlier epochs have been redeclared or have expired
 * @param permits the permits that the sender owns
 * @param target how many permits the sender should own
 * @param limit N, as adapted
 * @param replicas all rows, in the order of their ids
 */
public record BeatReply(long seq, boolean accepted, long epoch, boolean settled, List<Owned> permits, int target, int limit,
        List<ReplicaRow> replicas) {

    /** @param restNanos from the receipt of the reply, if the permit is new to the sender */
    public record Owned(int permit, long restNanos) {
    }

    static BeatReply rejected(long seq) {
        return new BeatReply(seq, false, 0, false, List.of(), 0, 0, List.of());
    }
}
