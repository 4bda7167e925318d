package io.cardverification.verification;

import java.util.Optional;

import io.smallrye.mutiny.Uni;

/**
 * Decides, immediately before each attempt of a call, whether its request may leave.
 *
 * <p>
 * Threads: any; never blocks. A cancelled {@code Uni} still ends what it began.
 */
public interface DepartureGate {

    /** The decision about one attempt. */
    sealed interface Clearance {
    }

    /** The attempt may be sent. */
    record Cleared() implements Clearance {
    }

    /** Nothing is sent, since the requests that waited have completed. The gate must be asked again if another one waits. */
    record Abandoned() implements Clearance {
    }

    /** Nothing is sent, and the call ends. */
    record Completed(Completion completion) implements Clearance {
    }

    /**
     * Nothing is sent while another process makes the same call.
     *
     * @param completion of that call; empty if its process died, and then the gate must be asked again
     */
    record Elsewhere(Uni<Optional<Completion>> completion) implements Clearance {
    }

    /** @param mayBeCharged whether an earlier attempt of this call may have been charged */
    Uni<Clearance> clear(boolean mayBeCharged);
}
