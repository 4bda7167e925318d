package io.cardverification.sharing;

import java.time.Duration;
import java.time.Instant;

import io.cardverification.verification.Conclusion;

/**
 * How a question ended, and when, for those who ask it again.
 *
 * @param at when it ended
 * @param until from when on it is not to be told any more
 */
record Kept(Conclusion conclusion, Instant at, Instant until) {

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    Conclusion told(Instant now) {
        var age = Duration.between(at, now);
        return conclusion.delivered(conclusion.delivery().reused(age.isNegative() ? Duration.ZERO : age));
    }
}
