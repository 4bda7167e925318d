package io.cardverification.verification;

import java.util.Set;

/**
 * Who asks, and what it may.
 *
 * @param name not a person's; unlike any other's
 * @param lanes in which it may wait, one at least
 * @param weight how many of its requests leave in a row where others wait, too, 1 to 10
 * @param mostWaiting how many of its requests may wait for their answers at a time, at least 1; {@link #UNLIMITED} for any
 *        number
 * @param chargesPerDay how many verifications it may have charged in a day of the upstream's, zero or more; {@link #UNLIMITED}
 *        for any number
 */
public record Caller(String name, Set<Lane> lanes, int weight, int mostWaiting, int chargesPerDay) {

    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** @return one that may all that anybody may */
    public static Caller unlimited(String name) {
        return new Caller(name, Set.of(Lane.values()), 1, UNLIMITED, UNLIMITED);
    }

    /** Where it says nothing of urgency, somebody waits, unless nobody may. */
    public Lane usualLane() {
        return lanes.contains(Lane.INTERACTIVE) ? Lane.INTERACTIVE : Lane.BATCH;
    }
}
