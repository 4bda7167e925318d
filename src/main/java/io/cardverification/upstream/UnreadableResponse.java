package io.cardverification.upstream;

import java.io.IOException;

/** Why a response was not read to its end. A value that travels: no stack trace. */
final class UnreadableResponse extends IOException {

    private static final long serialVersionUID = 1;

    UnreadableResponse(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
