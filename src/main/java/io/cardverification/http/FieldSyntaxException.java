package io.cardverification.http;

/**
 * A malformed header field. It has no message and no stack trace: the field is ignored or rejected, and nothing is logged.
 */
final class FieldSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    FieldSyntaxException() {
        super(null, null, false, false);
    }
}
