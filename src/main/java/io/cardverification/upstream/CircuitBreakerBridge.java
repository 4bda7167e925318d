package io.cardverification.upstream;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.cardverification.pacing.Pacer;
import io.cardverification.upstream.UpstreamHealth.Cause;
import io.smallrye.faulttolerance.api.CircuitBreakerState;

/**
 * Tells the pacer the state of the circuit breaker. While the breaker is open, the pacer rejects all queued and new requests.
 *
 * <p>
 * Threads: any; the breaker reports its state during a send.
 */
@Singleton
final class CircuitBreakerBridge {

    private static final Logger LOG = Logger.getLogger(CircuitBreakerBridge.class);

    private final Pacer pacer;
    private final UpstreamHealth health;
    private final FailureAttribution attribution;
    private final Duration delay;

    CircuitBreakerBridge(Pacer pacer, UpstreamHealth health, FailureAttribution attribution, UpstreamConfig config) {
        this.pacer = pacer;
        this.health = health;
        this.attribution = attribution;
        this.delay = config.circuitBreaker().delay();
    }

    @Produces
    @Singleton
    static FailureAttribution attribution() {
        return new FailureAttribution(System::nanoTime);
    }

    void onStateChange(CircuitBreakerState state) {
        switch (state) {
            case OPEN -> {
                LOG.warnf(
                        "Circuit breaker open: too many requests failed. The gateway rejects queued and new requests for %d ms, and"
                                + " then sends one as a probe",
                        delay.toMillis());
                health.report(Cause.CIRCUIT_OPEN);
                attribution.clear();
                pacer.suspend(delay);
            }
            case HALF_OPEN -> pacer.resume();
            case CLOSED -> {
                LOG.info("Circuit breaker closed: the upstream responds again");
                health.clear(Cause.CIRCUIT_OPEN);
                pacer.resume();
            }
        }
    }
}
