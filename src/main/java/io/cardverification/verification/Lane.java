package io.cardverification.verification;

import java.util.Locale;

/** How urgent an answer is. */
public enum Lane {
    /** Somebody waits for it. */
    INTERACTIVE,
    /** Nobody does. */
    BATCH;

    /** For traces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
