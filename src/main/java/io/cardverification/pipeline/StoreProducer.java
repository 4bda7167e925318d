package io.cardverification.pipeline;

import java.security.SecureRandom;
import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.cardverification.caching.CacheConfig;
import io.cardverification.config.ConfigRange;
import io.cardverification.idempotency.IdempotencyConfig;
import io.cardverification.store.CallIds;
import io.cardverification.store.Store;
import io.cardverification.store.memory.MemoryStore;
import io.cardverification.verification.NanoClock;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Creates the store that the stages share. */
final class StoreProducer {

    private static final int MAX_KEYS = 10_000_000;

    @Produces
    @Singleton
    CallIds callIds() {
        return new CallIds(new SecureRandom().nextLong());
    }

    @Produces
    @Singleton
    Store store(IdempotencyConfig idempotency, CacheConfig cache, NanoClock nanoClock) {
        return memory(idempotency, cache, nanoClock);
    }

    /** @throws ConfigurationException with the key and the range */
    static Store memory(IdempotencyConfig idempotency, CacheConfig cache, NanoClock nanoClock) {
        ConfigRange.require("gateway.idempotency.ttl", idempotency.ttl(), Duration.ofSeconds(1), Duration.ofDays(7));
        ConfigRange.require("gateway.idempotency.max-entries", idempotency.maxEntries(), 1, MAX_KEYS);
        return new MemoryStore(idempotency.maxEntries(), idempotency.ttl(), cache.maxEntries(), nanoClock);
    }
}
