package io.cardverification.upstream;

import io.cardverification.verification.VerificationResult;

/** A result that is worth another attempt, and the answer where there is none. A value that travels: no stack trace. */
final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient VerificationResult result;

    Undecided(VerificationResult result) {
        super(result.code().name(), null, false, false);
        this.result = result;
    }

    VerificationResult result() {
        return result;
    }
}
