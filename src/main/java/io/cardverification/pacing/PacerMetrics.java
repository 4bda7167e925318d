package io.cardverification.pacing;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

import jakarta.inject.Singleton;

import io.cardverification.pacing.PermitDenied.Reason;
import io.cardverification.verification.Lane;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The pacer's metrics. Each is read when the registry is scraped. */
@Singleton
final class PacerMetrics implements MeterBinder {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Pacer pacer;
    private final PacingConfig config;

    PacerMetrics(Pacer pacer, PacingConfig config) {
        this.pacer = pacer;
        this.config = config;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var lane : Lane.values()) {
            Gauge.builder("gateway.pacing.waiting", pacer, value(now -> now.waiting().getOrDefault(lane, 0)))
                    .description("Requests that wait for a permit").tag("lane", label(lane)).register(registry);
        }
        Gauge.builder("gateway.pacing.predicted.wait.seconds", pacer, now -> seconds(now.availability().nextWait().toNanos()))
                .description("Predicted wait of a new request at the end of the queue").register(registry);
        Gauge.builder("gateway.pacing.max.wait.seconds", config, now -> seconds(now.maxWait().toNanos()))
                .description("Maximum wait of a request").register(registry);
        gauge(registry, "gateway.pacing.limit", "Requests in a window: N, adapted to the upstream's rejections",
                PacerSnapshot::limit);
        gauge(registry, "gateway.pacing.margin.seconds", "Addition to the window: J, adapted to the upstream's rejections",
                now -> seconds(now.margin().toNanos()));
        gauge(registry, "gateway.pacing.max.rate", "Maximum requests per second: N / (W + J)", PacerMetrics::maxRate);
        gauge(registry, "gateway.pacing.available.permits", "Available permits", PacerSnapshot::free);
        gauge(registry, "gateway.pacing.window.max", "Maximum number of requests in any window since the start",
                PacerSnapshot::maxInWindow);
        gauge(registry, "gateway.pacing.limit.degraded", "1 while the upstream rejects the configured rate",
                now -> now.degraded() ? 1 : 0);
        counter(registry, "gateway.pacing.sent", "Requests sent", PacerSnapshot::departed);
        counter(registry, "gateway.pacing.cancelled", "Requests of callers that disconnected before the request was sent",
                PacerSnapshot::cancelled);
        counter(registry, "gateway.pacing.limit.rejected", "Requests that the upstream's limit rejected",
                PacerSnapshot::rejected);
        for (var reason : Reason.values()) {
            FunctionCounter.builder("gateway.pacing.rejected", pacer, value(now -> now.denied().getOrDefault(reason, 0L)))
                    .description("Requests that received no permit").tag("reason", reason.label()).register(registry);
        }
    }

    /** In requests per second. */
    static double maxRate(PacerSnapshot now) {
        return now.limit() / seconds(now.spacing().toNanos());
    }

    private static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }

    static String label(Lane lane) {
        return lane.name().toLowerCase(Locale.ROOT);
    }

    private static ToDoubleFunction<Pacer> value(ToDoubleFunction<PacerSnapshot> figure) {
        return pacer -> figure.applyAsDouble(pacer.snapshot());
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<PacerSnapshot> figure) {
        Gauge.builder(name, pacer, value(figure)).description(description).register(registry);
    }

    private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<PacerSnapshot> figure) {
        FunctionCounter.builder(name, pacer, value(figure)).description(description).register(registry);
    }
}
