package io.cardverification.chaos;

import java.util.concurrent.TimeUnit;

/**
 * The gateway was killed, and started again.
 *
 * @param beganNanos just before the signal
 * @param readyNanos when the gateway was ready again
 */
record Kill(long beganNanos, long readyNanos) {

    /** Records are written behind. A store that takes longer than this is not available, and nothing is sent. */
    private static final long MAX_UNWRITTEN_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Whether the kill may have broken the connection, or lost the record of its answer. */
    boolean mayHaveCut(ObservedResponse response) {
        return response.atNanos() - beganNanos > -MAX_UNWRITTEN_NANOS && response.atNanos() - readyNanos < 0;
    }
}
