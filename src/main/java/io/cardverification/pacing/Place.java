package io.cardverification.pacing;

import java.time.Duration;

/**
 * Where somebody queues, and for how long at most.
 *
 * @param caller whose place in the lane's round it is; shown nowhere
 * @param maxWait for the permit, zero to a day; zero is for whoever wants it now or not at all
 */
public record Place(Lane lane, String caller, Duration maxWait) {

    static final Duration LONGEST = Duration.ofDays(1);

    public Place {
        Rules.require(!maxWait.isNegative() && maxWait.compareTo(LONGEST) <= 0,
                "max-wait must be zero to a day, but is " + maxWait);
    }
}
