package io.cardverification.pacing;

import java.time.Duration;

/** The wait would be longer than allowed. A value that travels: no stack trace. */
public final class QueueFull extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    QueueFull(Duration retryAfter) {
        super("no permit within the allowed wait", null, false, false);
        this.retryAfter = retryAfter;
    }

    /** After this time, and not before, the same wait would be allowed if nobody else came. Above zero. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
