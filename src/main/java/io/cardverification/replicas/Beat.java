package io.cardverification.replicas;

import java.util.List;

/**
 * One request of a replica to the store. An immutable value.
 *
 * @param self the row of the sender, with the number of this beat
 * @param epoch the epoch that the sender knows; zero before its first reply
 * @param newEpoch a random number above zero, for the case that this beat begins an epoch
 * @param ackSeq the number of the last beat whose reply the sender has applied
 * @param releases the permits that the sender gives back
 * @param redeclared the permits that the sender holds under a lease of an earlier epoch
 * @param silent the replicas whose rows have not changed for the grace
 * @param waited whether the sender has waited for the grace since it saw this epoch
 * @param limit N, as the sender has adapted it; the store takes it from the lowest id only
 */
public record Beat(ReplicaRow self, long epoch, long newEpoch, long ackSeq, List<Release> releases, List<Integer> redeclared,
        List<Silent> silent, boolean waited, int limit) {

    /** @param restNanos the rest that is left, from now on */
    public record Release(int permit, long restNanos) {
    }

    /** @param seq the number that has not changed */
    public record Silent(long id, long seq) {
    }
}
