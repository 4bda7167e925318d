package io.cardverification.caching;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Cached answers, which the store keeps. With {@code gateway.store=memory} a restart forgets them.
 * {@code Cache-Control: no-cache} gets a new answer.
 */
@ConfigMapping(prefix = "gateway.cache")
public interface CacheConfig {

    Ttl ttl();

    /**
     * Whether result -18, "exceeded verification attempts, please retry the next day", is kept until the next day begins in
     * China. Without it the gateway sends the same request again, in vain but without a charge.
     */
    @WithDefault("true")
    boolean untilNextDay();

    /**
     * The maximum number of answers with {@code gateway.store=memory}, about 450 bytes each (measured); the oldest are removed
     * first. 1 to 10,000,000. The other stores keep all until they expire.
     */
    @WithDefault("100000")
    int maxEntries();

    /**
     * How long a result answers the same question again; zero for never. A long time saves charges and may miss that the bank
     * has changed its answer. Zero to 30 days each.
     */
    interface Ttl {

        @WithDefault("0s")
        Duration passed();

        @WithDefault("0s")
        Duration mismatch();

        @WithDefault("0s")
        Duration cardUnusable();

        @WithDefault("0s")
        Duration inputRejected();
    }
}
