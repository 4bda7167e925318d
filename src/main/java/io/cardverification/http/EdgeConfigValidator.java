package io.cardverification.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Checks the ranges of {@link EdgeConfig}. */
@Singleton
final class EdgeConfigValidator {

    private static final int MIN_UNREAD_BYTES = 64 * 1024;
    private static final int MAX_UNREAD_BYTES = 1024 * 1024 * 1024;

    /** @throws ConfigurationException with the key and the violated rule */
    void start(@Observes StartupEvent event, EdgeConfig config) {
        require(config.responseTimeout().toMillis(), 1, 300_000, "response-timeout must be 1 ms to 5 minutes");
        require(config.unauthenticatedIdleTimeout().toMillis(), 10, 300_000,
                "unauthenticated-idle-timeout must be 10 ms to 5 minutes");
        require(config.maxUnreadBytes(), MIN_UNREAD_BYTES, MAX_UNREAD_BYTES, "max-unread-bytes must be 65536 to 1073741824");
        require(config.bufferPercent(), 1, 50, "buffer-percent must be 1 to 50");
    }

    private static void require(long value, long min, long max, String rule) {
        if (value < min || value > max) {
            throw new ConfigurationException("gateway.edge." + rule);
        }
    }
}
