package io.cardverification.store;

import java.util.Map;
import java.util.Optional;

import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.smallrye.mutiny.Uni;

/** The decision whether a call may be sent. */
public sealed interface Departure {

    /**
     * The request may be sent.
     *
     * @param settled the keys of requests that must not wait for this call, with their completions: the same key was used
     *        before, or at another replica with other values
     */
    record Committed(Map<Fingerprint, Completion> settled) implements Departure {
    }

    /**
     * Nothing is sent: an answer was kept, a limit is reached, or all keys have completions.
     *
     * @param settled as of {@link Committed}
     * @param completion for all other requests
     */
    record NotSent(Map<Fingerprint, Completion> settled, Completion completion) implements Departure {
    }

    /**
     * Nothing is sent: another process has sent the same question.
     *
     * @param settled as of {@link Committed}
     * @param completion of that call, when it ends, or that the store is not available; empty if its process died, or its
     *        callers disconnected before it was sent. Then the call may depart anew
     */
    record Elsewhere(Map<Fingerprint, Completion> settled, Uni<Optional<Completion>> completion)
            implements
                Departure {
    }
}
