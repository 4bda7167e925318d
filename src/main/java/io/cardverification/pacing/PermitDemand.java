package io.cardverification.pacing;

/**
 * The demand and the counters of a pacer with leased permits. An immutable value.
 *
 * @param interactive the queued tasks of the interactive lane
 * @param batch the queued tasks of the batch lane
 * @param inUse the permits that are held or rest
 * @param free the permits that the next task can use at once
 * @param sent the requests sent since the start
 * @param rejected the requests that the upstream's limit rejected since the start
 * @param limit N, as this process has adapted it
 * @param marginNanos J, as this process has adapted it
 * @param configuredMarginNanos J, as configured
 */
public record PermitDemand(int interactive, int batch, int inUse, int free, long sent, long rejected, int limit,
        long marginNanos, long configuredMarginNanos) {

    public int queued() {
        return interactive + batch;
    }
}
