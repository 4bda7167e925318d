package io.cardverification.pacing;

import java.time.Duration;

/**
 * Where somebody queues, and for how long at most.
 *
 * @param caller whose place in the lane's round it is; shown nowhere
 * @param weight how many of the caller's leave in a row where others wait, too, 1 to 10: half a second of the limit at most, so
 *        that nobody stands still meanwhile
 * @param maxWait for the permit, zero to a day; zero is for whoever wants it now or not at all
 */
public record QueueOptions(QueueLane lane, String caller, int weight, Duration maxWait) {

    static final Duration LONGEST = Duration.ofDays(1);
    static final int HEAVIEST = 10;

    /** Of a caller that weighs no more than others. */
    public QueueOptions(QueueLane lane, String caller, Duration maxWait) {
        this(lane, caller, 1, maxWait);
    }

    public QueueOptions {
        Preconditions.require(weight >= 1 && weight <= HEAVIEST, "weight must be 1 to 10, but is " + weight);
        Preconditions.require(!maxWait.isNegative() && maxWait.compareTo(LONGEST) <= 0,
                "max-wait must be zero to a day, but is " + maxWait);
    }
}
