package io.cardverification.rest;

import org.jspecify.annotations.Nullable;

/**
 * A copy of an unexpected exception for the log: the classes and stack traces of it and its causes. It has no messages, which
 * may repeat what the caller sent.
 */
final class RedactedException extends Exception {

    /** Causes may form a cycle. */
    private static final int MAX_CAUSES = 5;

    RedactedException(Throwable original) {
        this(original, MAX_CAUSES);
    }

    private RedactedException(Throwable original, int causes) {
        super(original.getClass().getName(), cause(original, causes));
        setStackTrace(original.getStackTrace());
    }

    private static @Nullable RedactedException cause(Throwable original, int causes) {
        return original.getCause() == null || causes == 0 ? null : new RedactedException(original.getCause(), causes - 1);
    }
}
