package io.cardverification.pacing;

/**
 * What work fails with when the upstream counted too many: it was not served, cost nothing and wants another turn. A value that
 * travels: no stack trace.
 */
public final class LimitRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param failure what riders get where there is no other turn for them */
    public LimitRefused(Throwable failure) {
        super("the upstream counted too many requests", failure, false, false);
    }

    Throwable failure() {
        return getCause() == null ? this : getCause();
    }
}
