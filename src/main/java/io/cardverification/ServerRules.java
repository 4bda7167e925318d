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

/** What the server's own settings must be beside those of the rooms that it serves. */
@Singleton
final class ServerRules {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_CONNECTIONS = 10_000_000;

    /** @throws ConfigurationException naming the key and the rule that is broken */
    void start(@Observes @Priority(1) StartupEvent event, UpstreamConfig upstream, PacingConfig pacing, Config all) {
        require(upstream, pacing, all);
    }

    static void require(UpstreamConfig upstream, PacingConfig pacing, Config all) {
        whole(all, "quarkus.http.port", 0, 65_535);
        whole(all, "quarkus.http.limits.max-connections", 1, MOST_CONNECTIONS);
        above(all, "quarkus.http.idle-timeout", pacing.maxWait().plus(upstream.answerTimeout()),
                "gateway.pacing.max-wait and gateway.upstream.answer-timeout together");
        above(all, "quarkus.shutdown.timeout", upstream.answerTimeout(), "gateway.upstream.answer-timeout");
        if (all.getValue("quarkus.shutdown.delay", Duration.class).isNegative()) {
            throw new ConfigurationException("quarkus.shutdown.delay must be zero or more");
        }
    }

    private static void whole(Config all, String key, int least, int most) {
        all.getOptionalValue(key, Integer.class).filter(value -> value < least || value > most).ifPresent(wrong -> {
            throw new ConfigurationException(key + " must be " + least + " to " + most);
        });
    }

    private static void above(Config all, String key, Duration bound, String rule) {
        var value = all.getValue(key, Duration.class);
        if (value.compareTo(bound) <= 0 || value.compareTo(LONGEST) > 0) {
            throw new ConfigurationException(key + " must be above " + rule + ", to 7 days");
        }
    }
}
