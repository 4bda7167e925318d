package io.cardverification.http;

import java.time.Duration;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.cardverification.config.ConfigRange;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Checks the ranges of {@link ConnectionConfig}. */
@Singleton
final class ConnectionConfigValidator {

    private static final int MIN_UNREAD_BYTES = 64 * 1024;
    private static final int MAX_UNREAD_BYTES = 1024 * 1024 * 1024;
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);

    /** @throws ConfigurationException with the key and the violated rule */
    void start(@Observes StartupEvent event, ConnectionConfig config) {
        var minTimeout = Duration.ofMillis(1);
        ConfigRange.require("gateway.http.request-timeout", config.requestTimeout(), minTimeout, MAX_TIMEOUT);
        ConfigRange.require("gateway.http.write-timeout", config.writeTimeout(), minTimeout, MAX_TIMEOUT);
        ConfigRange.require("gateway.http.unauthenticated-idle-timeout", config.unauthenticatedIdleTimeout(),
                Duration.ofMillis(10), MAX_TIMEOUT);
        ConfigRange.require("gateway.http.max-unread-bytes", config.maxUnreadBytes(), MIN_UNREAD_BYTES, MAX_UNREAD_BYTES);
        ConfigRange.require("gateway.http.buffer-percent", config.bufferPercent(), 1, 50);
    }
}
