package io.cardverification;

import java.time.Duration;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import io.cardverification.config.ConfigRange;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.upstream.UpstreamConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Checks the settings of the HTTP server that depend on settings of other packages. */
@Singleton
final class HttpConfigValidator {

    private static final Duration MAX_TIMEOUT = Duration.ofDays(7);
    private static final int MAX_CONNECTIONS = 10_000_000;

    /** @throws ConfigurationException with the key and the violated rule */
    void start(@Observes @Priority(1) StartupEvent event, UpstreamConfig upstream, PacingConfig pacing, Config all) {
        require(upstream, pacing, all);
    }

    static void require(UpstreamConfig upstream, PacingConfig pacing, Config all) {
        requireInteger(all, "quarkus.http.port", 0, 65_535);
        requireInteger(all, "quarkus.http.limits.max-connections", 1, MAX_CONNECTIONS);
        requireLongerThan(all, "quarkus.http.idle-timeout", pacing.maxWait().plus(upstream.answerTimeout()),
                "gateway.pacing.max-wait and gateway.upstream.answer-timeout together");
        requireLongerThan(all, "quarkus.shutdown.timeout", upstream.answerTimeout(), "gateway.upstream.answer-timeout");
        ConfigRange.requireZeroOrMore("quarkus.shutdown.delay",
                all.getValue("quarkus.shutdown.delay", Duration.class).toSeconds());
    }

    private static void requireInteger(Config all, String key, int min, int max) {
        all.getOptionalValue(key, Integer.class).ifPresent(value -> ConfigRange.require(key, value, min, max));
    }

    private static void requireLongerThan(Config all, String key, Duration bound, String boundText) {
        ConfigRange.requireAbove(key, all.getValue(key, Duration.class), bound, boundText, MAX_TIMEOUT);
    }
}
