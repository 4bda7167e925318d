package io.cardverification.sharing;

import java.time.Duration;

import io.cardverification.verification.Conclusion;

/**
 * How a question ended, and when, for those who ask it again. All times are by the monotonic clock.
 *
 * @param atNanos when it ended
 * @param untilNanos from when on it is not to be told any more
 */
record Kept(Conclusion conclusion, long atNanos, long untilNanos) {

    boolean isOver(long nowNanos) {
        return nowNanos - untilNanos >= 0;
    }

    Conclusion told(long nowNanos) {
        return conclusion.delivered(conclusion.delivery().reused(Duration.ofNanos(nowNanos - atNanos)));
    }
}
