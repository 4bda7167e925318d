package io.cardverification.verification;

/**
 * The answer. A verification that fails is an answer, too.
 *
 * @param description the upstream's words, for people; programs go by {@code code}
 * @param requestId the upstream's, which its support asks for
 */
public record VerificationResult(ResultCode code, String description, String requestId, Delivery delivery) {

    /** As it comes from the upstream. */
    public VerificationResult(ResultCode code, String description, String requestId) {
        this(code, description, requestId, Delivery.NONE);
    }

    public VerificationResult delivered(Delivery delivery) {
        return new VerificationResult(code, description, requestId, delivery);
    }

    /** What it cost, all attempts together. */
    public Charge charge() {
        return delivery.charge(code.charge());
    }
}
