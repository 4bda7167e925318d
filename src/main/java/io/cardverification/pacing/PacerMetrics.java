package io.cardverification.pacing;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

import jakarta.inject.Singleton;

import io.cardverification.pacing.PermitDenied.Reason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The pacer's figures for a metrics system. Each is read when it is asked for. */
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
        for (var lane : QueueLane.values()) {
            Gauge.builder("gateway.pacing.waiting", pacer, value(now -> now.waiting().getOrDefault(lane, 0)))
                    .description("Requests that wait for a permit").tag("lane", word(lane)).register(registry);
        }
        Gauge.builder("gateway.pacing.wait.next.seconds", pacer, now -> seconds(now.opening().nextWait().toNanos()))
                .description("How long the next one would wait, behind all others").register(registry);
        Gauge.builder("gateway.pacing.wait.allowed.seconds", config, now -> seconds(now.maxWait().toNanos()))
                .description("How long anybody may wait").register(registry);
        gauge(registry, "gateway.pacing.limit", "N, as the upstream has lately shown it", PacerSnapshot::limit);
        gauge(registry, "gateway.pacing.margin.seconds", "J, added to the window", now -> seconds(now.margin().toNanos()));
        gauge(registry, "gateway.pacing.ceiling", "N / (W + J): requests per second at most", PacerMetrics::ceiling);
        gauge(registry, "gateway.pacing.free", "Permits that anybody could have now", PacerSnapshot::free);
        gauge(registry, "gateway.pacing.window.largest", "Most departures in any window so far",
                PacerSnapshot::largestInWindow);
        gauge(registry, "gateway.pacing.doubted", "1 while the upstream refuses what the configuration allows",
                now -> now.doubted() ? 1 : 0);
        counter(registry, "gateway.pacing.departed", "Requests sent", PacerSnapshot::departed);
        counter(registry, "gateway.pacing.cancelled", "Callers that left before their request was sent",
                PacerSnapshot::cancelled);
        counter(registry, "gateway.pacing.limit.refused", "Requests that the upstream counted too many",
                PacerSnapshot::limitRefused);
        for (var reason : Reason.values()) {
            FunctionCounter.builder("gateway.pacing.refused", pacer, value(now -> now.notGranted().getOrDefault(reason, 0L)))
                    .description("Callers that got no permit").tag("cause", word(reason)).register(registry);
        }
    }

    /** In requests per second. */
    static double ceiling(PacerSnapshot now) {
        return now.limit() / seconds(now.spacing().toNanos());
    }

    private static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
