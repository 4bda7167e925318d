package io.cardverification.store;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Reports to probes and metrics whether the store admits requests, and why it cannot be written. A gateway that sends without
 * its store stays ready. It is no liveness check: a restart does not repair a store.
 */
@Readiness
@Singleton
final class StoreReadiness implements AsyncHealthCheck, MeterBinder {

    private static final String REASON = "store-unavailable";

    private final Store store;

    StoreReadiness(Store store) {
        this.store = store;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var isAvailable = store.isAvailable();
        var response = HealthCheckResponse.named("store").status(isAvailable);
        if (!isAvailable) {
            response.withData("reason", REASON);
        }
        store.failure().ifPresent(failure -> response.withData("failure", failure));
        return Uni.createFrom().item(response.build());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("gateway.not.ready", store, now -> now.isAvailable() ? 0 : 1)
                .description("1 while the gateway is not ready for this reason").tag("reason", REASON).register(registry);
        Gauge.builder("gateway.store.failing", store, now -> now.failure().isPresent() ? 1 : 0)
                .description("1 while the last write to the store failed, also if requests are sent without it")
                .register(registry);
        Gauge.builder("gateway.store.pending", store, Store::pending)
                .description("Records that wait to be written to the store").register(registry);
    }
}
