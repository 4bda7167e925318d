package io.cardverification.verification;

import io.cardverification.label.KebabCase;

/** The priority of a request. */
public enum Lane {
    /** A person waits for the result: served first. */
    INTERACTIVE,
    /** Served with the permits that {@link #INTERACTIVE} does not use, and with a minimum share, so that it never starves. */
    BATCH;

    /** For traces, such as {@code batch}. */
    public String label() {
        return KebabCase.of(this);
    }
}
