package io.cardverification.sharing;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Accounts;
import io.cardverification.verification.Caller;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.VerificationFailure;

/** Counts, and refuses when a test says so. */
final class StubAccounts implements Accounts {

    private int open;
    private int spent;
    private @Nullable VerificationFailure refusal;

    @Override
    public synchronized void open(Caller caller) {
        if (refusal != null) {
            throw refusal;
        }
        open++;
    }

    @Override
    public synchronized void close(String caller, @Nullable Conclusion conclusion) {
        open--;
        spent += conclusion == null ? 0 : conclusion.mostCharges();
    }

    synchronized void refuse(@Nullable VerificationFailure refusal) {
        this.refusal = refusal;
    }

    synchronized int open() {
        return open;
    }

    synchronized int spent() {
        return spent;
    }
}
