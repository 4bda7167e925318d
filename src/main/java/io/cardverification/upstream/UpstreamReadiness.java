package io.cardverification.upstream;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.cardverification.upstream.Standing.Trouble;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Tells probes and metrics how the gateway stands with the upstream. Readiness alone: no restart mends the upstream, so neither
 * start-up nor liveness asks.
 */
@Readiness
@Singleton
final class UpstreamReadiness implements AsyncHealthCheck, MeterBinder {

    private final Standing standing;

    UpstreamReadiness(Standing standing) {
        this.standing = standing;
    }

    @Produces
    @Singleton
    static Standing standing() {
        return new Standing(System::nanoTime);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var trouble = standing.trouble();
        var response = HealthCheckResponse.named("upstream").status(trouble.isEmpty());
        trouble.ifPresent(reason -> response.withData("reason", reason.word()));
        return Uni.createFrom().item(response.build());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var trouble : Trouble.values()) {
            Gauge.builder("gateway.not.ready", standing, now -> now.isIn(trouble) ? 1 : 0)
                    .description("1 while the gateway is not ready for this reason").tag("reason", trouble.word())
                    .register(registry);
        }
    }
}
