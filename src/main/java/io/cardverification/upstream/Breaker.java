package io.cardverification.upstream;

import java.time.Duration;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.cardverification.pacing.Pacer;
import io.cardverification.upstream.Standing.Trouble;
import io.cardverification.verification.VerificationFailure;
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
    private final Duration delay;

    Breaker(CircuitBreakerMaintenance breakers, Pacer pacer, Standing standing,
            @ConfigProperty(name = DELAY) long delayMillis) {
        this.breakers = breakers;
        this.pacer = pacer;
        this.standing = standing;
        this.delay = Duration.ofMillis(delayMillis);
    }

    /**
     * Only what says that the upstream, or the way to it, is ill. Not a result, whatever it says of a card; not the limit,
     * which
     * the pacer minds; not what the caller, the account or the gateway's keys did wrong, which failing faster would only hide.
     */
    static RuntimeException counted(VerificationFailure failure) {
        return switch (failure.reason()) {
            case UPSTREAM_UNREACHABLE, UPSTREAM_SILENT, UPSTREAM_NONSENSE, UPSTREAM_FAILED, UPSTREAM_UNAVAILABLE ->
                new Ill(failure);
            case QUEUE_FULL, CALLER_QUEUE_FULL, DAILY_LIMIT_SPENT, CIRCUIT_OPEN, IDEMPOTENCY_KEY_REUSED,
                    IDEMPOTENCY_KEYS_FULL, LEDGER_UNAVAILABLE, SHUTTING_DOWN, PARTLY_ENCRYPTED,
                    INPUT_REFUSED, LIMIT_EXCEEDED, CREDENTIALS_REFUSED, ACCOUNT_REFUSED, PROTOCOL_REFUSED ->
                failure;
        };
    }

    void watch(@Observes StartupEvent event) {
        breakers.onStateChange(NAME, this::changed);
    }

    private void changed(CircuitBreakerState state) {
        switch (state) {
            case OPEN -> {
                LOG.warnf("The upstream fails too often: nothing is sent for %s, and who waits or comes is told so", delay);
                standing.met(Trouble.CIRCUIT_OPEN);
                pacer.bar(delay);
            }
            case HALF_OPEN -> pacer.lift();
            case CLOSED -> {
                LOG.info("The upstream answers again");
                standing.over(Trouble.CIRCUIT_OPEN);
                pacer.lift();
            }
        }
    }
}
