package io.cardverification.pacing;

import java.time.Duration;

import io.cardverification.verification.Lane;

/**
 * The place of a waiter in the queue, and its longest wait.
 *
 * @param caller the key of the round-robin within a lane; never shown
 * @param weight how many requests of this caller depart in a row while other callers wait: 1 to 10, which is half a
 *        second of the default limit
 * @param maxWait the longest wait for the permit, zero to a day; with zero the waiter takes a free permit or is denied
 */
public record QueueOptions(Lane lane, String caller, int weight, Duration maxWait) {

    static final Duration MAX_WAIT_LIMIT = Duration.ofDays(1);
    static final int MAX_WEIGHT = 10;

    /** With weight 1. */
    public QueueOptions(Lane lane, String caller, Duration maxWait) {
        this(lane, caller, 1, maxWait);
    }

    public QueueOptions {
        Preconditions.require(weight >= 1 && weight <= MAX_WEIGHT, "weight must be 1 to 10, but is " + weight);
        Preconditions.require(!maxWait.isNegative() && maxWait.compareTo(MAX_WAIT_LIMIT) <= 0,
                "max-wait must be zero to a day, but is " + maxWait);
    }
}
