package io.cardverification.upstream;

import java.time.Duration;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.cardverification.pacing.Pacer;
import io.cardverification.upstream.Standing.Trouble;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;

/**
 * The circuit breaker round the single send, and what it means for those who wait: while it is open nobody waits, and who comes
 * is refused at once. Its settings are the standard ones, {@link #DELAY} and its sisters.
 *
 * <p>
 * Threads: it is told on any, in the middle of a send.
 */
@Singleton
final class Breaker {

    static final String NAME = "tencentcloud";

    private static final Logger LOG = Logger.getLogger(Breaker.class);

    static final String DELAY = "quarkus.fault-tolerance.\"io.cardverification.upstream.SingleSend/send\".circuit-breaker.delay";

    private final CircuitBreakerMaintenance breakers;
    private final Pacer pacer;
    private final Standing standing;
    private final FailureAttribution attribution;
    private final Duration delay;

    Breaker(CircuitBreakerMaintenance breakers, Pacer pacer, Standing standing, FailureAttribution attribution,
            @ConfigProperty(name = DELAY) long delayMillis) {
        this.breakers = breakers;
        this.pacer = pacer;
        this.standing = standing;
        this.attribution = attribution;
        this.delay = Duration.ofMillis(delayMillis);
    }

    @Produces
    @Singleton
    static FailureAttribution attribution() {
        return new FailureAttribution(System::nanoTime);
    }

    void watch(@Observes StartupEvent event) {
        breakers.onStateChange(NAME, this::changed);
    }

    private void changed(CircuitBreakerState state) {
        switch (state) {
            case OPEN -> {
                LOG.warnf("The upstream fails too often: nothing is sent for %s, and who waits or comes is told so", delay);
                standing.met(Trouble.CIRCUIT_OPEN);
                attribution.forget();
                pacer.suspend(delay);
            }
            case HALF_OPEN -> pacer.resume();
            case CLOSED -> {
                LOG.info("The upstream answers again");
                standing.over(Trouble.CIRCUIT_OPEN);
                pacer.resume();
            }
        }
    }
}
