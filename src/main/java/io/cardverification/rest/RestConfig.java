package io.cardverification.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the front door demands. */
@ConfigMapping(prefix = "gateway.rest")
public interface RestConfig {

    /**
     * Whether a question without {@code Idempotency-Key} is refused (400). Saying yes makes sure that no client's retry pays
     * twice after a dropped connection.
     */
    @WithDefault("false")
    boolean idempotencyKeyRequired();
}
