package io.cardverification.upstream;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

import io.cardverification.pacing.DepartureLoop;
import io.cardverification.pacing.Permit;
import io.cardverification.upstream.Standing.Trouble;
import io.cardverification.verification.Charge;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;

/**
 * Sends once, if the circuit breaker lets it, and counts what that cost.
 *
 * <p>
 * Nothing of SmallRye's fault tolerance is around anything larger, since cancelling a guarded {@code Uni} does not stop it
 * (measured). Here that does no harm: what must not leave any more is stopped by its permit.
 */
@Singleton
final class Wire {

    private static final Logger LOG = Logger.getLogger(Wire.class);

    /** The breaker lets one through to see: by then it has, mostly. */
    private static final Duration PROBED = Duration.ofSeconds(1);

    /** When the pacer lets nobody leave any more. */
    private static final int AFTER_THE_PACER = 10_000;

    private final SingleSend send;
    private final DepartureLoop loop;
    private final Duration answerTimeout;
    private final Standing standing;
    /** Those under way, and the process itself, which arrives when it stops. */
    private final Phaser underWay = new Phaser(1);
    private final Map<Charge, Counter> attempts = new EnumMap<>(Charge.class);

    Wire(SingleSend send, DepartureLoop loop, UpstreamConfig config, Standing standing, MeterRegistry meters) {
        this.send = send;
        this.standing = standing;
        this.loop = loop;
        this.answerTimeout = config.answerTimeout();
        for (var charge : Charge.values()) {
            attempts.put(charge, Counter.builder("gateway.upstream.attempts")
                    .description("Requests that were to be sent, by what they cost").tag("charge", charge.word())
                    .register(meters));
        }
    }

    /** On the loop of departures, wherever it is asked for. Fails with {@link VerificationFailure} only. Never blocks. */
    Uni<VerificationResult> send(WireQuestion question, Permit permit) {
        underWay.register();
        var arrived = new AtomicBoolean();
        return Uni.createFrom().deferred(() -> send.send(question, permit)).runSubscriptionOn(loop)
                .onTermination().invoke(() -> arrived(arrived))
                .onFailure().transform(thrown -> failure(thrown, permit))
                .onItem().invoke(this::answered)
                .onFailure(VerificationFailure.class).invoke(this::failed);
    }

    /** Once for each, although Mutiny tells of both where an answer races with a cancel. */
    private void arrived(AtomicBoolean already) {
        if (!already.getAndSet(true)) {
            underWay.arriveAndDeregister();
        }
    }

    /**
     * A stop waits for the answers of requests that are under way, also of those whose callers have left, which Quarkus does
     * not
     * know of: without them nobody could say what was charged. On the thread that stops the process, which may wait.
     */
    void drain(@Observes @Priority(AFTER_THE_PACER) ShutdownDelayInitiatedEvent event) throws InterruptedException {
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Stopped with requests under way: their charge is unknown");
        }
    }

    private static VerificationFailure failure(Throwable thrown, Permit permit) {
        if (thrown instanceof Ill ill) {
            return ill.failure();
        }
        return thrown instanceof CircuitBreakerOpenException ? VerificationFailure.circuitOpen(PROBED)
                : Endings.failed(thrown, permit);
    }

    private void answered(VerificationResult result) {
        count(result.charge());
        standing.served();
    }

    private void failed(VerificationFailure failure) {
        count(failure.charge());
        switch (failure.reason()) {
            case CREDENTIALS_REFUSED -> standing.met(Trouble.CREDENTIALS_REFUSED);
            case ACCOUNT_REFUSED -> standing.met(Trouble.ACCOUNT_REFUSED);
            case LIMIT_EXCEEDED -> standing.met(Trouble.LIMIT_EXCEEDED);
            default -> {
                // the breaker's, or the caller's
            }
        }
    }

    private void count(Charge charge) {
        var counter = attempts.get(charge);
        if (counter != null) {
            counter.increment();
        }
    }
}
