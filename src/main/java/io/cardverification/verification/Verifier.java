package io.cardverification.verification;

import io.smallrye.mutiny.Uni;

/** Answers verification requests: the port that both APIs use. */
public interface Verifier {

    /**
     * Verifies once for each subscription. A cancelled subscription that was not sent sends nothing.
     *
     * <p>
     * Never blocks, never throws and never fails. Emits on any thread.
     */
    Uni<Completion> verify(VerificationRequest request, CallOptions options);
}
