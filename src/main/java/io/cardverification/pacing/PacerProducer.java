package io.cardverification.pacing;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.configuration.ConfigurationException;

/** One pacer for the whole process, on the machine's monotonic clock. */
final class PacerProducer {

    /** Each departure is kept for a window. */
    private static final int MOST = 1_000_000;

    @Produces
    @Singleton
    Pacer pacer(PacingConfig config, UpstreamEventLoop loop, PacerListener journal) {
        try {
            Preconditions.require(config.limit() <= MOST, "limit must be at most " + MOST + ", but is " + config.limit());
            requireDayAtMost("window", config.window());
            requireDayAtMost("cold-margin", config.coldMargin());
            requireDayAtMost("lock-out", config.lockOut());
            Preconditions.require(!config.maxWait().isNegative() && config.maxWait().compareTo(QueueOptions.LONGEST) <= 0,
                    "max-wait must be zero to a day, but is " + config.maxWait());
            return new Pacer(config, System::nanoTime, loop, journal);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.pacing." + e.getMessage());
        }
    }

    /** Longer than that nobody means, and long enough it is no number of nanoseconds. */
    private static void requireDayAtMost(String name, Duration value) {
        Preconditions.require(value.compareTo(QueueOptions.LONGEST) <= 0, name + " must be at most a day, but is " + value);
    }
}
