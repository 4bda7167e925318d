package io.cardverification.replicas;

import io.smallrye.mutiny.Uni;

/** The store's side of the lease protocol. Threads: any; never blocks. */
interface LeaseStore {

    /**
     * Applies one beat as one atomic step. The {@code Uni} emits on any thread, and fails if the step may not have happened.
     */
    Uni<BeatReply> beat(Beat beat);
}
