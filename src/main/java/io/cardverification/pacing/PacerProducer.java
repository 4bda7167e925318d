package io.cardverification.pacing;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/** One pacer for the whole process, on the machine's monotonic clock. */
final class PacerProducer {

    @Produces
    @Singleton
    Pacer pacer(PacingConfig config, Vertx vertx, Journal journal) {
        try {
            Rules.require(!config.maxWait().isNegative() && config.maxWait().compareTo(Place.LONGEST) <= 0,
                    "max-wait must be zero to a day, but is " + config.maxWait());
            return new Pacer(config, System::nanoTime, new VertxTimer(vertx), journal);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.pacing." + e.getMessage());
        }
    }
}
