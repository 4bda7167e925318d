package io.cardverification.verification;

import io.smallrye.mutiny.Uni;

/** One call to the upstream, which several requests may await. Threads: any. */
public interface VerificationCall {

    /**
     * Waits, from subscription on, until the request is sent and answered: once for all that join. Each waits with its own
     * options and may cancel alone. If the last one cancels, nothing is sent, unless the call {@link #isCommitted}.
     *
     * <p>
     * Never blocks and never fails.
     */
    Uni<Completion> join(CallOptions options);

    /** Whether a cancel changes nothing: the request was sent, or the call has ended. */
    boolean isCommitted();
}
