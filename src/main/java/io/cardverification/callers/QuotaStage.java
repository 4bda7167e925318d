package io.cardverification.callers;

import jakarta.inject.Singleton;

import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.PipelineStage;
import io.smallrye.mutiny.Uni;

/** Rejects a request whose caller has reached a limit, and counts the charges of all others. Threads: any. */
@Singleton
public final class QuotaStage implements PipelineStage {

    private final CallerQuotas quotas;

    public QuotaStage(CallerQuotas quotas) {
        this.quotas = quotas;
    }

    @Override
    public Uni<Completion> handle(CallerRequest request, Next next) {
        return quotas.acquire(request.options().caller()).<Uni<Completion>> map(Uni.createFrom()::item)
                .orElseGet(() -> next.handle(request)
                        .invoke(completion -> quotas.release(request.caller(), completion.maxCharges())));
    }
}
