package io.cardverification.upstream;

import java.time.Duration;

import jakarta.inject.Singleton;

import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.verification.Quota;

/** The upstream's limit and how much of it is available, as the pacer counts it. */
@Singleton
final class PacedQuota implements Quota {

    private final Pacer pacer;
    private final PacingConfig config;

    PacedQuota(Pacer pacer, PacingConfig config) {
        this.pacer = pacer;
        this.config = config;
    }

    @Override
    public Now now() {
        var availability = pacer.availability();
        return new Now(config.limit(), config.window(), availability.free(), availability.nextWait());
    }

    @Override
    public Duration longestWait() {
        return config.maxWait();
    }
}
