package io.cardverification.verification;

import io.smallrye.mutiny.Uni;

/** One question to the upstream, which several callers may await together. Threads: any. */
public interface Inquiry {

    /**
     * Waits, from subscription on, for the question to be sent and answered: once, however many join. Each waits on its own
     * terms and may cancel alone; with the last one the question is given up, unless it is {@link #isBeyondRecall}.
     *
     * <p>
     * Never blocks and never throws; fails with {@link VerificationFailure} only.
     */
    Uni<VerificationResult> join(Terms terms);

    /** Whether it was sent, or has ended, so that who leaves now changes nothing. */
    boolean isBeyondRecall();
}
