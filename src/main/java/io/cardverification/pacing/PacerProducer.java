package io.cardverification.pacing;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.cardverification.config.ConfigRange;
import io.quarkus.runtime.configuration.ConfigurationException;

/** One pacer for the whole process, on the machine's monotonic clock. */
final class PacerProducer {

    /** The log keeps each departure for a window. */
    private static final int MAX_LIMIT = 1_000_000;

    /** A longer duration is a mistake, and a very long one overflows the nanoseconds. */
    private static final Duration MAX_DURATION = Duration.ofDays(1);

    @Produces
    @Singleton
    Pacer pacer(PacingConfig config, UpstreamEventLoop loop, PacerListener listener) {
        ConfigRange.requireAtMost("gateway.pacing.limit", config.limit(), MAX_LIMIT);
        ConfigRange.requireAtMost("gateway.pacing.window", config.window(), MAX_DURATION);
        ConfigRange.requireAtMost("gateway.pacing.startup-margin", config.startupMargin(), MAX_DURATION);
        ConfigRange.requireAtMost("gateway.pacing.rejection-timeout", config.rejectionTimeout(), MAX_DURATION);
        ConfigRange.require("gateway.pacing.max-wait", config.maxWait(), Duration.ZERO, QueueOptions.MAX_WAIT_LIMIT);
        try {
            return new Pacer(config, System::nanoTime, loop, listener);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.pacing." + e.getMessage());
        }
    }
}
