package io.cardverification.cloudapi;

import io.cardverification.tencentcloud.AuthenticationResult.Rejected;
import io.cardverification.tencentcloud.ErrorCode;

/** An invalid or rejected call. The message is for the caller and never repeats a value. */
final class ApiErrorException extends Exception {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    ApiErrorException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    ApiErrorException(Rejected refusal) {
        this(refusal.code(), refusal.message());
    }

    Envelope envelope() {
        return Envelope.error(code.code(), String.valueOf(getMessage()));
    }
}
