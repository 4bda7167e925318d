package io.cardverification.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of the REST API. */
@ConfigMapping(prefix = "gateway.rest")
public interface RestConfig {

    /**
     * Rejects requests without {@code Idempotency-Key} (400). With {@code true}, a client's retry after a dropped connection
     * is never charged twice.
     */
    @WithDefault("false")
    boolean idempotencyKeyRequired();
}
