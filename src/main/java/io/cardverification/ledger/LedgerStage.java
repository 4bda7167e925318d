package io.cardverification.ledger;

import jakarta.inject.Singleton;

import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.PipelineStage;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Uni;

/**
 * Records every request when it completes. While the ledger cannot be written, it rejects all requests. An unexpected exception
 * is recorded as an unknown charge. Threads: any.
 */
@Singleton
public final class LedgerStage implements PipelineStage {

    private final Ledger ledger;

    public LedgerStage(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Uni<Completion> handle(CallerRequest request, Next next) {
        return (ledger.isAvailable() ? next.handle(request)
                : Uni.createFrom().<Completion> item(VerificationFailure.of(Reason.LEDGER_UNAVAILABLE)))
                .onItemOrFailure().invoke((completion, unexpected) -> record(request,
                        completion == null ? VerificationFailure.of(Reason.UPSTREAM_TIMEOUT) : completion));
    }

    private void record(CallerRequest request, Completion completion) {
        ledger.record(new Ledger.Entry(request.caller(), request.fingerprint().toHex(),
                request.values().bankCard().lastFour(), completion, request.connection().isDisconnected()));
    }
}
