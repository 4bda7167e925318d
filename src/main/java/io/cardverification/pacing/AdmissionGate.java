package io.cardverification.pacing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.PermitDenied.Reason;

/**
 * Closes the queue, even if the log has free permits: for good when the process stops, or for a while when requests are
 * expected to fail or the lease is lost.
 *
 * <p>
 * Nanoseconds. Threads: not synchronised; the pacer's lock guards it.
 */
final class AdmissionGate {

    /** The gate opens by itself this long after the expected time, so that a missing {@link #open} cannot stop the gateway. */
    private static final long MAX_OVERDUE_NANOS = Duration.ofSeconds(30).toNanos();

    private @Nullable PermitDenied stopDenial;
    private @Nullable PermitDenied leaseDenial;
    private boolean closed;
    private long expectedOpenNanos;

    PermitDenied stop(Duration retryAfter) {
        stopDenial = PermitDenied.of(Reason.STOPPING, retryAfter.toNanos());
        return stopDenial;
    }

    PermitDenied loseLease(Duration retryAfter) {
        leaseDenial = PermitDenied.of(Reason.LEASE_LOST, retryAfter.toNanos());
        return leaseDenial;
    }

    void regainLease() {
        leaseDenial = null;
    }

    void close(long expectedOpenNanos) {
        this.closed = true;
        this.expectedOpenNanos = expectedOpenNanos;
    }

    void open() {
        closed = false;
    }

    boolean isClosed(long nowNanos) {
        closed &= nowNanos - expectedOpenNanos < MAX_OVERDUE_NANOS;
        return stopDenial != null || leaseDenial != null || closed;
    }

    /** For a waiter that joins now; null if the gate is open. */
    @Nullable
    PermitDenied denial(long nowNanos) {
        if (stopDenial != null || leaseDenial != null) {
            return stopDenial != null ? stopDenial : leaseDenial;
        }
        return isClosed(nowNanos) ? PermitDenied.of(Reason.SUSPENDED, expectedOpenNanos - nowNanos) : null;
    }

    /** The expected rest of the suspension; 0 without one. */
    long closedNanos(long nowNanos) {
        return closed ? Math.max(0, expectedOpenNanos - nowNanos) : 0;
    }
}
