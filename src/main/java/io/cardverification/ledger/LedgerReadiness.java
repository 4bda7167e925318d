package io.cardverification.ledger;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Reports to probes and metrics whether the ledger accepts lines. It is no liveness check: a restart would lose the pending
 * lines.
 */
@Readiness
@Singleton
final class LedgerReadiness implements AsyncHealthCheck, MeterBinder {

    private static final String REASON = "ledger-unavailable";

    private final LedgerWriter writer;

    LedgerReadiness(LedgerWriter writer) {
        this.writer = writer;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var isAvailable = writer.isAvailable();
        var response = HealthCheckResponse.named("ledger").status(isAvailable);
        if (!isAvailable) {
            response.withData("reason", REASON);
        }
        return Uni.createFrom().item(response.build());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("gateway.not.ready", writer, now -> now.isAvailable() ? 0 : 1)
                .description("1 while the gateway is not ready for this reason").tag("reason", REASON).register(registry);
        Gauge.builder("gateway.ledger.pending", writer, LedgerWriter::pending)
                .description("Lines of the ledger that wait to be written").register(registry);
        FunctionCounter.builder("gateway.ledger.lines", writer, LedgerWriter::written)
                .description("Written lines of the ledger").register(registry);
        FunctionCounter.builder("gateway.ledger.failures", writer, LedgerWriter::failures)
                .description("Failed writes to the ledger, which the gateway repeats").register(registry);
    }
}
