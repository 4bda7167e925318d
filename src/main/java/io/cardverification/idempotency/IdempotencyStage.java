package io.cardverification.idempotency;

import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.cardverification.config.ConfigRange;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.NanoClock;
import io.cardverification.verification.PipelineStage;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;

/**
 * Answers a repeated idempotency key with its first completion. An unexpected exception counts as an unknown charge. Threads:
 * any.
 */
@Singleton
public final class IdempotencyStage implements PipelineStage {

    private static final int MAX_ENTRIES = 10_000_000;

    private final IdempotencyStore store;
    private final NanoClock nanoClock;

    /** @throws ConfigurationException with the key and the range */
    public IdempotencyStage(IdempotencyConfig config, NanoClock nanoClock) {
        ConfigRange.require("gateway.idempotency.ttl", config.ttl(), Duration.ofSeconds(1), Duration.ofDays(7));
        ConfigRange.require("gateway.idempotency.max-entries", config.maxEntries(), 1, MAX_ENTRIES);
        this.store = new IdempotencyStore(config);
        this.nanoClock = nanoClock;
    }

    /** The completion of the request's key; empty without a key, and while the first request with the key is in progress. */
    public Optional<Completion> find(CallerRequest request) {
        return Optional.ofNullable(request.idempotencyKey()).flatMap(key -> store.find(key, nanoClock.nanos()));
    }

    @Override
    public Uni<Completion> handle(CallerRequest request, Next next) {
        var key = request.idempotencyKey();
        if (key == null) {
            return next.handle(request);
        }
        return store.claim(request.caller(), key, request.fingerprint(), nanoClock.nanos())
                .map(known -> Uni.createFrom().item(known))
                .orElseGet(() -> next.handle(request)
                        .onItemOrFailure().invoke((completion, unexpected) -> store.settle(key,
                                completion == null ? VerificationFailure.of(Reason.UPSTREAM_TIMEOUT) : completion,
                                nanoClock.nanos())));
    }
}
