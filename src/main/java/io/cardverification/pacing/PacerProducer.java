package io.cardverification.pacing;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.configuration.ConfigurationException;

/** One pacer for the whole process, on the machine's monotonic clock. */
final class PacerProducer {

    @Produces
    @Singleton
    Pacer pacer(PacingConfig config, DepartureLoop loop, Journal journal) {
        try {
            Rules.require(!config.maxWait().isNegative() && config.maxWait().compareTo(Place.LONGEST) <= 0,
                    "max-wait must be zero to a day, but is " + config.maxWait());
            return new Pacer(config, System::nanoTime, loop, journal);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.pacing." + e.getMessage());
        }
    }
}
