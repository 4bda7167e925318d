package io.cardverification.pacing;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.configuration.ConfigurationException;

/** One pacer for the whole process, on the machine's monotonic clock. */
final class PacerProducer {

    /** The log keeps each departure for a window. */
    private static final int MAX_LIMIT = 1_000_000;

    @Produces
    @Singleton
    Pacer pacer(PacingConfig config, UpstreamEventLoop loop, PacerListener listener) {
        try {
            Preconditions.require(config.limit() <= MAX_LIMIT,
                    "limit must be at most " + MAX_LIMIT + ", but is " + config.limit());
            requireDayAtMost("window", config.window());
            requireDayAtMost("cold-margin", config.coldMargin());
            requireDayAtMost("lock-out", config.lockOut());
            Preconditions.require(
                    !config.maxWait().isNegative() && config.maxWait().compareTo(QueueOptions.MAX_WAIT_LIMIT) <= 0,
                    "max-wait must be zero to a day, but is " + config.maxWait());
            return new Pacer(config, System::nanoTime, loop, listener);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.pacing." + e.getMessage());
        }
    }

    /** A longer duration is a mistake, and a very long one overflows the nanoseconds. */
    private static void requireDayAtMost(String name, Duration value) {
        Preconditions.require(value.compareTo(QueueOptions.MAX_WAIT_LIMIT) <= 0,
                name + " must be at most a day, but is " + value);
    }
}
