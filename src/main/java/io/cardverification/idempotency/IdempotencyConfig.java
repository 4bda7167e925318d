package io.cardverification.idempotency;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;

/** {@code Idempotency-Key}. The store {@code memory} forgets all keys at a restart. */
@ConfigMapping(prefix = "gateway.idempotency")
public interface IdempotencyConfig {

    /**
     * How long a key is known after its request ended. Later the same key is charged again. 1 s to 90 days; by default 7 days,
     * and 1 hour in the store {@code memory}.
     */
    Optional<Duration> ttl();

    /**
     * The maximum number of keys. With more keys, new ones are rejected (503), since a key that cannot be kept may be charged
     * twice. By default 20,000,000, more than the ceiling of 20/s in 7 days, about 300 bytes of disk each; 1 to 1,000,000,000.
     *
     * <p>
     * In the store {@code memory} by default 100,000, about 600 bytes of heap each (measured); at most 10,000,000. There a
     * caller that has three times as many keys as are free gets no new one. So one caller has at most three quarters: keep that
     * above the pacing's ceiling x ttl, 72,000 at 20/s for an hour.
     */
    OptionalInt maxEntries();
}
