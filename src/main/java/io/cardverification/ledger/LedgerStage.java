package io.cardverification.ledger;

import jakarta.inject.Singleton;

import io.cardverification.store.Store;
import io.cardverification.store.StoreUnavailable;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.PipelineStage;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Uni;

/**
 * Records every request when it completes. While the ledger or the store cannot be written, it rejects all requests. An
 * unexpected exception
 * is recorded as an unknown charge. Threads: any.
 */
@Singleton
public final class LedgerStage implements PipelineStage {

    private final Ledger ledger;
    private final Store store;

    public LedgerStage(Ledger ledger, Store store) {
        this.ledger = ledger;
        this.store = store;
    }

    @Override
    public Uni<Completion> handle(CallerRequest request, Next next) {
        return (!ledger.isAvailable() ? rejected(Reason.LEDGER_UNAVAILABLE)
                : !store.isAvailable() ? rejected(Reason.STORE_UNAVAILABLE)
                        : next.handle(request))
                .onFailure(StoreUnavailable.class).recoverWithItem(() -> VerificationFailure.of(Reason.STORE_UNAVAILABLE))
                .onItemOrFailure().invoke((completion, unexpected) -> record(request,
                        completion == null ? VerificationFailure.of(Reason.UPSTREAM_TIMEOUT) : completion));
    }

    private static Uni<Completion> rejected(Reason reason) {
        return Uni.createFrom().item(VerificationFailure.of(reason));
    }

    private void record(CallerRequest request, Completion completion) {
        ledger.record(new Ledger.Entry(request.caller(), request.fingerprint().toHex(),
                request.values().bankCard().lastFour(), completion, request.connection().isDisconnected()));
    }
}
