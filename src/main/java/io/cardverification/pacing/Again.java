package io.cardverification.pacing;

import java.time.Duration;

/**
 * What work fails with when it is worth another turn. What the limit refused says more: {@link LimitRefused}. A value that
 * travels: no stack trace.
 */
public final class Again extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Throwable failure;
    private final Duration rest;

    /**
     * @param failure what riders get where there is no other turn for them
     * @param rest how long it is not to be tried, zero or more; who has not so much patience gets the failure at once
     */
    public Again(Throwable failure, Duration rest) {
        super("worth another turn", null, false, false);
        this.failure = failure;
        this.rest = rest;
    }

    Throwable failure() {
        return failure;
    }

    Duration rest() {
        return rest;
    }
}
