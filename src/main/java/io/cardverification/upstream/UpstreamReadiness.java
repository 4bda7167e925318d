package io.cardverification.upstream;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.cardverification.upstream.UpstreamHealth.Cause;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Reports the health of the upstream to readiness probes and metrics. Start-up and liveness do not depend on it, since no
 * restart repairs the upstream.
 */
@Readiness
@Singleton
final class UpstreamReadiness implements AsyncHealthCheck, MeterBinder {

    private final UpstreamHealth health;

    UpstreamReadiness(UpstreamHealth health) {
        this.health = health;
    }

    @Produces
    @Singleton
    static UpstreamHealth health() {
        return new UpstreamHealth(System::nanoTime);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var cause = health.cause();
        var response = HealthCheckResponse.named("upstream").status(cause.isEmpty());
        cause.ifPresent(active -> response.withData("reason", active.label()));
        return Uni.createFrom().item(response.build());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var cause : Cause.values()) {
            Gauge.builder("gateway.not.ready", health, now -> now.isActive(cause) ? 1 : 0)
                    .description("1 while the gateway is not ready for this reason").tag("reason", cause.label())
                    .register(registry);
        }
    }
}
