package io.cardverification.verification;

import java.util.function.Consumer;

/** Creates calls to the upstream. */
public interface VerificationCallFactory {

    /**
     * Nothing happens before a request joins the call. Never blocks and never throws. Threads: any.
     *
     * @param gate is asked before each attempt, with its permit held; nothing is sent without its clearance
     * @param onEnded receives the completion of a call of which an attempt was made: once, after all that joined, also if all
     *        have left, since a request that was sent cannot be called back. On any thread; must not block and must not throw.
     */
    VerificationCall open(CallerRequest request, DepartureGate gate, Consumer<Completion> onEnded);
}
