package io.cardverification;

import io.cardverification.config.ConfigRange;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.pacing.PacingConfig.WithoutStore;
import io.cardverification.store.StoreConfig.Kind;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The permits that this gateway uses while its store is away. */
final class ShareWithoutStore {

    private static final String SPLIT = "gateway.pacing.without-store=split";
    private static final String REPLICAS = "gateway.pacing.replicas-at-most";

    private ShareWithoutStore() {
    }

    /**
     * @return zero if nothing is sent then
     * @throws ConfigurationException if the settings contradict each other
     */
    static int of(PacingConfig pacing, Kind store) {
        var isSplit = pacing.withoutStore() == WithoutStore.SPLIT;
        if (isSplit && store != Kind.POSTGRESQL) {
            throw new ConfigurationException(SPLIT + " must be set with gateway.store=postgresql only");
        }
        if (isSplit != pacing.replicasAtMost().isPresent()) {
            throw new ConfigurationException(REPLICAS + " must be set with " + SPLIT + ", and only then");
        }
        if (!isSplit) {
            return 0;
        }
        var replicas = pacing.replicasAtMost().getAsInt();
        ConfigRange.require(REPLICAS, replicas, 1, Math.max(1, pacing.limit()));
        return pacing.limit() / replicas;
    }
}
