package io.cardverification.pacing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.cardverification.verification.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Records the waits as a metric, and logs what an operator has to look into: once for each episode. Threads: any. */
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
        this.interactive = timer(registry, Lane.INTERACTIVE);
        this.batch = timer(registry, Lane.BATCH);
    }

    private static Timer timer(MeterRegistry registry, Lane lane) {
        return Timer.builder("gateway.pacing.wait").description("Wait for a permit")
                .tag("lane", PacerMetrics.label(lane)).serviceLevelObjectives(BUCKETS).publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    Timer waits(Lane lane) {
        return lane == Lane.INTERACTIVE ? interactive : batch;
    }

    @Override
    public void onDispatch(Lane lane, long waitedNanos) {
        waits(lane).record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onLimitDegraded() {
        LOG.warnf(
                "The upstream's rate limit rejected a request at the configured rate of %d in %d ms. The gateway sends it again"
                        + " and widens its margin; if rejections continue, it lowers its limit. Causes: network jitter, another"
                        + " client of the account, or a lower limit",
                config.limit(), config.window().toMillis());
    }

    @Override
    public void onLimitRestored() {
        LOG.info("The upstream's rate limit accepts the configured rate again");
    }

    @Override
    public void onOverload(int rejected) {
        LOG.errorf(
                "The upstream's rate limit rejected every request for %d ms. The gateway rejected %d queued requests. It rejects"
                        + " new ones for a growing pause, and then tries again. Stop other clients of the account",
                config.rejectionTimeout().toMillis(), rejected);
    }
}
