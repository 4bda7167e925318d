package io.cardverification.upstream;

import io.cardverification.verification.VerificationFailure;

/** A failure that counts for the circuit breaker, which tells them by their class. A value that travels: no stack trace. */
final class Ill extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final VerificationFailure failure;

    Ill(VerificationFailure failure) {
        super(failure.getMessage(), null, false, false);
        this.failure = failure;
    }

    VerificationFailure failure() {
        return failure;
    }
}
