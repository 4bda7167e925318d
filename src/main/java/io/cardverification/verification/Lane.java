package io.cardverification.verification;

/** How urgent an answer is. */
public enum Lane {
    /** Somebody waits for it. */
    INTERACTIVE,
    /** Nobody does. */
    BATCH
}
