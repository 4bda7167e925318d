package io.cardverification.replicas;

import java.util.List;

/** The one replica that adapts the limit for all: the oldest that does not stop. */
final class Chair {

    private Chair() {
    }

    /** @return its id; zero if every replica stops */
    static long of(List<ReplicaRow> replicas) {
        for (var row : replicas) {
            if (!row.leaving()) {
                return row.id();
            }
        }
        return 0;
    }
}
