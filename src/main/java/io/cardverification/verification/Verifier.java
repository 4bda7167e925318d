package io.cardverification.verification;

import io.smallrye.mutiny.Uni;

/** Whoever can answer a {@link VerificationRequest}. */
public interface Verifier {

    /**
     * Asks once per subscription, and nothing before it. Cancelling a subscription that has not been sent sends nothing.
     *
     * <p>
     * Never blocks and never throws; fails with {@link VerificationFailure} only. May be called and may answer on any
     * thread.
     */
    Uni<VerificationResult> verify(VerificationRequest request, Terms terms);
}
