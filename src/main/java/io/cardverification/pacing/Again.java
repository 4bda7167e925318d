package io.cardverification.pacing;

/**
 * What work fails with when it cost nothing and is worth another turn at once. What the limit refused says more:
 * {@link LimitRefused}. A value that travels: no stack trace.
 */
public final class Again extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Throwable failure;

    /** @param failure what riders get where there is no other turn for them */
    public Again(Throwable failure) {
        super("worth another turn", null, false, false);
        this.failure = failure;
    }

    Throwable failure() {
        return failure;
    }
}
