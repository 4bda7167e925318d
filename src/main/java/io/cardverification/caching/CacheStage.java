package io.cardverification.caching;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.PipelineStage;
import io.smallrye.mutiny.Uni;

/** Answers a request from the cache, unless its caller wants a new answer. Threads: any. */
@Singleton
public final class CacheStage implements PipelineStage {

    private final ResultCache cache;

    public CacheStage(ResultCache cache) {
        this.cache = cache;
    }

    /** The cached answer; empty if there is none or its caller wants a new one. */
    public Optional<Completion> find(CallerRequest request) {
        return cache.find(request);
    }

    @Override
    public Uni<Completion> handle(CallerRequest request, Next next) {
        return find(request).map(cached -> Uni.createFrom().item(cached)).orElseGet(() -> next.handle(request));
    }
}
