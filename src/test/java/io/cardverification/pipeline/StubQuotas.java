package io.cardverification.pipeline;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.cardverification.callers.CallerQuotas;
import io.cardverification.verification.Caller;
import io.cardverification.verification.VerificationFailure;

/** Counts, and rejects if the test says so. */
final class StubQuotas implements CallerQuotas {

    private int inProgress;
    private int spent;
    private @Nullable VerificationFailure rejection;

    @Override
    public synchronized Optional<VerificationFailure> acquire(Caller caller) {
        inProgress += rejection == null ? 1 : 0;
        return Optional.ofNullable(rejection);
    }

    @Override
    public synchronized void release(String caller, int charges) {
        inProgress--;
        spent += charges;
    }

    synchronized void reject(@Nullable VerificationFailure rejection) {
        this.rejection = rejection;
    }

    synchronized int inProgress() {
        return inProgress;
    }

    synchronized int spent() {
        return spent;
    }
}
