package io.cardverification.pacing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.PermitDenied.Reason;

/**
 * Why nobody gets a permit, whatever the log would allow: the process stops, for good, or somebody who knows has closed the way
 * for a while.
 *
 * <p>
 * Nanoseconds. Threads: none of its own; the owner's lock guards it.
 */
final class AdmissionGate {

    /** Whoever lowered it and never lifts it must not stop everything for good. */
    private static final long GRACE_NANOS = Duration.ofSeconds(30).toNanos();

    private @Nullable PermitDenied stopping;
    private boolean down;
    private long expectedUpNanos;

    PermitDenied stop(Duration retryAfter) {
        stopping = new PermitDenied(Reason.STOPPING, retryAfter.toNanos(), null);
        return stopping;
    }

    void lower(long expectedUpNanos) {
        this.down = true;
        this.expectedUpNanos = expectedUpNanos;
    }

    void lift() {
        down = false;
    }

    boolean isDown(long nowNanos) {
        down &= nowNanos - expectedUpNanos < GRACE_NANOS;
        return stopping != null || down;
    }

    /** For who comes now; null where the way is free. */
    @Nullable
    PermitDenied refusal(long nowNanos) {
        return stopping != null || !isDown(nowNanos) ? stopping
                : new PermitDenied(Reason.BARRED, expectedUpNanos - nowNanos, null);
    }

    /** How long it is expected to be down; 0 where the way is free. */
    long downNanos(long nowNanos) {
        return down ? Math.max(0, expectedUpNanos - nowNanos) : 0;
    }
}
