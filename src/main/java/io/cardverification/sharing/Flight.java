package io.cardverification.sharing;

import java.util.concurrent.atomic.AtomicBoolean;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Inquiry;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;

/** One inquiry and how many await it. Threads: the count is guarded by the owner's map, all else is safe for any. */
final class Flight {

    private final Inquiry inquiry;
    private final AtomicBoolean told = new AtomicBoolean();
    private int aboard = 1;

    Flight(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    Flight board() {
        aboard++;
        return this;
    }

    /** @return whether nobody is left */
    boolean leave() {
        return --aboard == 0;
    }

    /** One of all is told of the charge as its own, the others as shared. */
    Uni<VerificationResult> await(Terms terms) {
        return inquiry.join(terms)
                .map(result -> told.getAndSet(true) ? result.asShared() : result)
                .onFailure(VerificationFailure.class).transform(this::failure);
    }

    /** What was not sent for this caller may still be sent for another. */
    private VerificationFailure failure(VerificationFailure failure) {
        return failure.charge() != Charge.NOT_SENT && told.getAndSet(true) ? failure.asShared() : failure;
    }
}
