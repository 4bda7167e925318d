package io.cardverification.verification;

import java.util.Set;

/**
 * A client of the gateway and its limits.
 *
 * @param name unique among the callers; not the name of a person
 * @param lanes the allowed lanes, at least one
 * @param weight the number of its requests that depart in a row while other callers wait, 1 to 10
 * @param maxConcurrent the maximum number of its requests in progress, at least 1; {@link #UNLIMITED} for no limit
 * @param chargesPerDay the maximum number of its charges in a {@link BillingDay}, zero or more; {@link #UNLIMITED} for no limit
 */
public record Caller(String name, Set<Lane> lanes, int weight, int maxConcurrent, int chargesPerDay) {

    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** A caller with all lanes and no limit. */
    public static Caller unlimited(String name) {
        return new Caller(name, Set.of(Lane.values()), 1, UNLIMITED, UNLIMITED);
    }

    /** The lane of a request without a priority: interactive if it is allowed. */
    public Lane defaultLane() {
        return lanes.contains(Lane.INTERACTIVE) ? Lane.INTERACTIVE : Lane.BATCH;
    }
}
