package io.cardverification.caching;

import jakarta.inject.Singleton;

import io.cardverification.store.Store;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.PipelineStage;
import io.smallrye.mutiny.Uni;

/** Answers a request with a kept answer, unless its caller wants a new one. Threads: any. */
@Singleton
public final class CacheStage implements PipelineStage {

    private final Store store;

    public CacheStage(Store store) {
        this.store = store;
    }

    @Override
    public Uni<Completion> handle(CallerRequest request, Next next) {
        return request.options().bypassCache() ? next.handle(request)
                : store.answer(request.sharingKey())
                        .onItem().transformToUni(kept -> kept.map(Uni.createFrom()::item)
                                .orElseGet(() -> next.handle(request)));
    }
}
