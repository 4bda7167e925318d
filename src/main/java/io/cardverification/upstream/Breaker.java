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
 * Connects the circuit breaker of {@link SingleSend} to the pacer. While the breaker is open, the pacer rejects all
 * queued and new requests. Its settings are the standard ones, {@link #DELAY} and its sisters.
 *
 * <p>
 * Threads: any; the breaker reports its state in the middle of a send.
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
                LOG.warnf("Circuit breaker open for %s; rejecting queued and new requests", delay);
                standing.met(Trouble.CIRCUIT_OPEN);
                attribution.forget();
                pacer.suspend(delay);
            }
            case HALF_OPEN -> pacer.resume();
            case CLOSED -> {
                LOG.info("Circuit breaker closed: the upstream responds again");
                standing.over(Trouble.CIRCUIT_OPEN);
                pacer.resume();
            }
        }
    }
}
