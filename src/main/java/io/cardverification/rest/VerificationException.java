package io.cardverification.rest;

import io.cardverification.verification.VerificationFailure;

/** Carries a failure to {@link ExceptionMappers}. Without a stack trace, since it is part of normal operation. */
final class VerificationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient VerificationFailure failure;

    VerificationException(VerificationFailure failure) {
        super(failure.toString(), null, false, false);
        this.failure = failure;
    }

    VerificationFailure failure() {
        return failure;
    }
}
