package io.cardverification.upstream;

import java.time.Duration;

import jakarta.inject.Singleton;

import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.verification.RateLimitStatus;

/** The upstream's limit and how much of it is available, as the pacer counts it. */
@Singleton
final class PacerRateLimitStatus implements RateLimitStatus {

    private final Pacer pacer;
    private final PacingConfig config;

    PacerRateLimitStatus(Pacer pacer, PacingConfig config) {
        this.pacer = pacer;
        this.config = config;
    }

    @Override
    public Snapshot snapshot() {
        var availability = pacer.availability();
        return new Snapshot(config.limit(), config.window(), availability.free(), availability.nextWait());
    }

    @Override
    public Duration maxWait() {
        return config.maxWait();
    }
}
