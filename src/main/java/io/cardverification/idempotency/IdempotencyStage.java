package io.cardverification.idempotency;

import jakarta.inject.Singleton;

import io.cardverification.store.KeyClaim;
import io.cardverification.store.Store;
import io.cardverification.store.StoreUnavailable;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.PipelineStage;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Uni;

/**
 * Answers a repeated idempotency key with its first completion. If the store was not available, nothing was sent; an unexpected
 * exception counts as an unknown charge. Threads: any.
 */
@Singleton
public final class IdempotencyStage implements PipelineStage {

    private final Store store;

    public IdempotencyStage(Store store) {
        this.store = store;
    }

    @Override
    public Uni<Completion> handle(CallerRequest request, Next next) {
        var key = request.idempotencyKey();
        if (key == null) {
            return next.handle(request);
        }
        var claim = new KeyClaim(request.caller(), key, request.fingerprint());
        return store.claim(claim).onItem().transformToUni(known -> known.map(Uni.createFrom()::item)
                .orElseGet(() -> next.handle(request)
                        .onItemOrFailure().invoke((completion, failure) -> store.settle(claim,
                                completion == null ? VerificationFailure.of(reason(failure)) : completion))));
    }

    private static Reason reason(Throwable failure) {
        return failure instanceof StoreUnavailable ? Reason.STORE_UNAVAILABLE : Reason.UPSTREAM_TIMEOUT;
    }
}
