package io.cardverification.verification;

import java.time.Duration;

/**
 * The answer. A verification that fails is an answer, too.
 *
 * @param description the upstream's words, for people; programs go by {@code code}
 * @param requestId the upstream's, which its support asks for
 * @param waited how long this caller waited for the request to be sent
 * @param shared whether another caller was told of this same request and its charge, too, and before this one
 */
public record VerificationResult(ResultCode code, String description, String requestId, Duration waited, boolean shared) {

    /** As it comes from the upstream. */
    public VerificationResult(ResultCode code, String description, String requestId) {
        this(code, description, requestId, Duration.ZERO, false);
    }

    public VerificationResult waited(Duration waited) {
        return new VerificationResult(code, description, requestId, waited, shared);
    }

    public VerificationResult asShared() {
        return new VerificationResult(code, description, requestId, waited, true);
    }
}
