package io.cardverification;

import java.time.Duration;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

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
        if (all.getValue("quarkus.shutdown.delay", Duration.class).isNegative()) {
            throw new ConfigurationException("quarkus.shutdown.delay must be zero or more");
        }
    }

    private static void requireInteger(Config all, String key, int min, int max) {
        all.getOptionalValue(key, Integer.class).filter(value -> value < min || value > max).ifPresent(wrong -> {
            throw new ConfigurationException(key + " must be " + min + " to " + max);
        });
    }

    private static void requireLongerThan(Config all, String key, Duration bound, String rule) {
        var value = all.getValue(key, Duration.class);
        if (value.compareTo(bound) <= 0 || value.compareTo(MAX_TIMEOUT) > 0) {
            throw new ConfigurationException(key + " must be above " + rule + ", to 7 days");
        }
    }
}
