package io.cardverification.pacing;

import java.time.Duration;

/**
 * The right to use permits for a time after one message was sent. An immutable value.
 *
 * <p>
 * The lease begins when its owner sends the message, not when the reply arrives. So the owner's lease ends before the end
 * that the other side assumes, however late the reply is.
 *
 * <p>
 * The monotonic clock decides. The wall clock only shows that the monotonic clock stood still, as in a virtual machine that
 * was resumed; it never extends a lease.
 *
 * @param sentNanos when the message was sent, on the monotonic clock
 * @param sentWallMillis the same on the wall clock
 * @param lengthNanos above zero
 */
public record Lease(long sentNanos, long sentWallMillis, long lengthNanos) {

    private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();
    /** The clocks may differ by this part of the lease, which is half of the grace. */
    private static final int TOLERANCE_DIVISOR = 20;

    /** Whether it still holds. */
    public boolean holds(long nowNanos) {
        return nowNanos - sentNanos < lengthNanos;
    }

    /** Like {@link #holds}, and false if the wall clock shows another time since the message than the monotonic clock. */
    public boolean holds(long nowNanos, long wallMillis) {
        var differenceNanos = (wallMillis - sentWallMillis) * NANOS_PER_MILLI - (nowNanos - sentNanos);
        return holds(nowNanos) && Math.abs(differenceNanos) <= lengthNanos / TOLERANCE_DIVISOR;
    }

    /** Zero or less while it holds. */
    long expiredNanos(long nowNanos) {
        return nowNanos - sentNanos - lengthNanos;
    }
}
