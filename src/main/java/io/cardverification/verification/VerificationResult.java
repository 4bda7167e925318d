package io.cardverification.verification;

/**
 * The answer. A verification that fails is an answer, too.
 *
 * @param description the upstream's words, for people; programs go by {@code code}
 * @param requestId the upstream's, which its support asks for
 */
public record VerificationResult(ResultCode code, String description, String requestId) {
}
