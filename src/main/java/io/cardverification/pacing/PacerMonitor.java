package io.cardverification.pacing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Measures the waits and tells an operator, once for each time, what only somebody outside can explain. Threads: any. */
@Singleton
final class PacerMonitor implements PacerListener {

    private static final Logger LOG = Logger.getLogger(PacerMonitor.class);
    private static final Duration[] BUCKETS = { Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10),
            Duration.ofSeconds(20), Duration.ofSeconds(60) };

    private final Timer interactive;
    private final Timer batch;
    private final PacingConfig config;

    PacerMonitor(MeterRegistry registry, PacingConfig config) {
        this.config = config;
        this.interactive = timer(registry, QueueLane.INTERACTIVE);
        this.batch = timer(registry, QueueLane.BATCH);
    }

    private static Timer timer(MeterRegistry registry, QueueLane lane) {
        return Timer.builder("gateway.pacing.wait").description("From joining the queue to the permit")
                .tag("lane", PacerMetrics.word(lane)).serviceLevelObjectives(BUCKETS).publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    Timer waits(QueueLane lane) {
        return lane == QueueLane.INTERACTIVE ? interactive : batch;
    }

    @Override
    public void granted(QueueLane lane, long waitedNanos) {
        waits(lane).record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void doubted() {
        LOG.warnf("The upstream's limit refused a request although no more than %d had left within %s and the margin: someone"
                + " else may be spending the key, or its limit is lower. The gateway slows down until it fits",
                config.limit(), config.window());
    }

    @Override
    public void trusted() {
        LOG.info("The upstream's limit fits again");
    }

    @Override
    public void lockedOut(int dismissed) {
        LOG.errorf("The upstream's limit has refused every request for %s: %d waiting were told so, and who comes is refused"
                + " until one is let through again", config.lockOut(), dismissed);
    }
}
