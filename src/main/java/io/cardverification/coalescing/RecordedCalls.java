package io.cardverification.coalescing;

import java.time.Clock;
import java.util.function.Consumer;

import io.cardverification.store.CallIds;
import io.cardverification.store.Store;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.DepartureGate;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationCallFactory;

/**
 * Opens calls that are recorded in a store. Threads: any.
 *
 * @param clock the wall clock, which decides the day of a charge
 */
public record RecordedCalls(VerificationCallFactory upstream, Store store, CallIds ids, Clock clock) {

    VerificationCall open(CallerRequest request, DepartureGate gate, Consumer<Completion> onEnded) {
        return upstream.open(request, gate, onEnded);
    }
}
