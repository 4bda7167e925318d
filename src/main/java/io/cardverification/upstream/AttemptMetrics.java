package io.cardverification.upstream;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.cardverification.verification.Charge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts attempts by charge, and measures the latency of those that were sent. Threads: any. */
@Singleton
final class AttemptMetrics {

    /** Up to the default of {@code answer-timeout}. */
    private static final Duration[] BUCKETS = { Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10),
            Duration.ofSeconds(13) };

    private final Map<Charge, Counter> attempts = new EnumMap<>(Charge.class);
    private final Timer latency;

    AttemptMetrics(MeterRegistry meters) {
        for (var charge : Charge.values()) {
            attempts.put(charge, Counter.builder("gateway.upstream.attempts")
                    .description("Attempts to send a request, by charge").tag("charge", charge.label())
                    .register(meters));
        }
        this.latency = Timer.builder("gateway.upstream.latency")
                .description("Time from the permit to the end of an attempt that sent a request")
                .serviceLevelObjectives(BUCKETS).register(meters);
    }

    void record(Charge charge, long elapsedNanos) {
        var counter = attempts.get(charge);
        if (counter != null) {
            counter.increment();
        }
        if (charge != Charge.NOT_SENT) {
            latency.record(elapsedNanos, TimeUnit.NANOSECONDS);
        }
    }
}
