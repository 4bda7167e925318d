package io.cardverification.pacing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** There was no permit, and nothing was done. A value that travels: no stack trace. */
public final class PermitDenied extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** The predicted wait was longer than allowed. */
        QUEUE_FULL,
        /** It took longer than predicted, and longer than allowed. */
        WAITED_OUT,
        /** The upstream has refused everything for a while; {@link #getCause} is what it said last. */
        LOCKED_OUT,
        /** {@link Pacer#bar}. */
        BARRED,
        /** This process stops. */
        STOPPING
    }

    private final Reason reason;
    private final Duration retryAfter;

    PermitDenied(Reason reason, long retryAfterNanos, @Nullable Throwable cause) {
        super(reason.name(), cause, false, false);
        this.reason = reason;
        this.retryAfter = Duration.ofNanos(Math.max(1, retryAfterNanos));
    }

    public Reason reason() {
        return reason;
    }

    /** After this time, and not before, the same wait would be allowed if nobody else came. Above zero. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
