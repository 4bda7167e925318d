package io.cardverification.replicas;

/**
 * The state that one replica last reported. An immutable value.
 *
 * @param id above zero; ids of later starts are larger, so the lowest id is the oldest replica
 * @param seq the number of its last beat
 * @param leaving whether it stops, so that it needs no permit; the row remains and rejects delayed beats
 * @param interactive the permits that its interactive lane needs: queued tasks, and permits in use
 * @param batch the same for its batch lane
 * @param marginNanos J, as this replica needs it
 * @param sent the requests that it has sent since its start
 * @param rejected the requests that the upstream's limit has rejected since its start
 */
public record ReplicaRow(long id, long seq, boolean leaving, int interactive, int batch, long marginNanos, long sent,
        long rejected) {

    int demand() {
        return interactive + batch;
    }
}
