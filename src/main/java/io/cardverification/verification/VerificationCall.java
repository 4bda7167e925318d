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

    /**
     * Whether the call goes on without waiters: the request was sent, or the call has ended. While requests wait, it is also
     * true between the permit and the send; a cancel of the last one then still prevents the send.
     */
    boolean isCommitted();
}
