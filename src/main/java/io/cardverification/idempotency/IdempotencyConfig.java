package io.cardverification.idempotency;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code Idempotency-Key}. All keys are in memory: a restart forgets them. */
@ConfigMapping(prefix = "gateway.idempotency")
public interface IdempotencyConfig {

    /** How long a key is known after its request ended. Later the same key is charged again. 1 s to 7 days. */
    @WithDefault("1h")
    Duration ttl();

    /**
     * The maximum number of keys, about 600 bytes each (measured). A caller that has three times as many keys as are free gets
     * no new one (503), since a key that cannot be kept may be charged twice. So one caller has at most three quarters: keep
     * that above the pacing's ceiling x ttl, 72,000 at 20/s for an hour. 1 to 10,000,000.
     */
    @WithDefault("100000")
    int maxEntries();
}
