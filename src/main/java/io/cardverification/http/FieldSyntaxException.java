package io.cardverification.http;

/** A header field does not parse. Without message or stack trace: the field is ignored or refused, and nothing is logged. */
final class FieldSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    FieldSyntaxException() {
        super(null, null, false, false);
    }
}
