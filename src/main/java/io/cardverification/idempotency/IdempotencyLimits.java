package io.cardverification.idempotency;

import java.time.Duration;

import io.cardverification.config.ConfigRange;
import io.cardverification.store.StoreConfig.Kind;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The lifetime and the number of idempotency keys, with the defaults of each kind of store. */
public record IdempotencyLimits(Duration ttl, int maxEntries) {

    private static final Duration MAX_TTL = Duration.ofDays(90);
    private static final int MAX_ENTRIES = 1_000_000_000;
    /** About 600 bytes of heap for each key. */
    private static final int MAX_ENTRIES_IN_MEMORY = 10_000_000;

    /** @throws ConfigurationException with the key and the range */
    public static void require(IdempotencyConfig config) {
        config.ttl().ifPresent(ttl -> ConfigRange.require("gateway.idempotency.ttl", ttl, Duration.ofSeconds(1), MAX_TTL));
        config.maxEntries()
                .ifPresent(entries -> ConfigRange.require("gateway.idempotency.max-entries", entries, 1, MAX_ENTRIES));
    }

    /** @throws ConfigurationException with the key and the range */
    public static IdempotencyLimits of(IdempotencyConfig config, Kind kind) {
        require(config);
        var inMemory = kind == Kind.MEMORY;
        var limits = new IdempotencyLimits(config.ttl().orElse(inMemory ? Duration.ofHours(1) : Duration.ofDays(7)),
                config.maxEntries().orElse(inMemory ? 100_000 : 20_000_000));
        if (inMemory) {
            ConfigRange.require("gateway.idempotency.max-entries", limits.maxEntries, 1, MAX_ENTRIES_IN_MEMORY);
        }
        return limits;
    }
}
