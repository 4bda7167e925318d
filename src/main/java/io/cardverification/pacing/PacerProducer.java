package io.cardverification.pacing;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/** One pacer for the whole process, on the machine's monotonic clock. */
final class PacerProducer {

    @Produces
    @Singleton
    Pacer pacer(PacingConfig config, Vertx vertx) {
        try {
            Rules.require(!config.maxWait().isNegative(), "max-wait must not be negative, but is " + config.maxWait());
            var margin = new Margin(config.margin(), config.coldMargin(), config.limit());
            var log = new SlidingLog(config.limit(), config.window(), margin);
            return new Pacer(log, System::nanoTime, new VertxTimer(vertx));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.pacing." + e.getMessage());
        }
    }
}
