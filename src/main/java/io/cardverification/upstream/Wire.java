package io.cardverification.upstream;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

import io.cardverification.pacing.Permit;
import io.cardverification.pacing.UpstreamEventLoop;
import io.cardverification.upstream.Standing.Trouble;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
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
    private final UpstreamEventLoop loop;
    private final Duration answerTimeout;
    private final Standing standing;
    private final AttemptMeters meters;
    /** Those under way, and the process itself, which arrives when it stops. */
    private final Phaser underWay = new Phaser(1);

    Wire(SingleSend send, UpstreamEventLoop loop, UpstreamConfig config, Standing standing, AttemptMeters meters) {
        this.send = send;
        this.standing = standing;
        this.meters = meters;
        this.loop = loop;
        this.answerTimeout = config.answerTimeout();
    }

    /** On the loop of departures, wherever it is asked for. Fails with {@link VerificationFailure} only. Never blocks. */
    Uni<VerificationResult> send(PacedQuestion asked) {
        underWay.register();
        var arrived = new AtomicBoolean();
        var startedNanos = System.nanoTime();
        return Uni.createFrom()
                .deferred(() -> asked.attempts().isCounted() ? send.sendUncounted(asked) : send.send(asked))
                .runSubscriptionOn(loop)
                .onTermination().invoke(() -> arrived(arrived))
                .onFailure().transform(thrown -> failure(thrown, asked.permit()))
                .onItem().invoke(result -> answered(result, System.nanoTime() - startedNanos))
                .onFailure(VerificationFailure.class).invoke(failure -> failed(failure, System.nanoTime() - startedNanos));
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

    private void answered(VerificationResult result, long tookNanos) {
        meters.ended(result.charge(), tookNanos);
        standing.served();
    }

    private void failed(VerificationFailure failure, long tookNanos) {
        meters.ended(failure.charge(), tookNanos);
        switch (failure.reason()) {
            case CREDENTIALS_REFUSED -> standing.met(Trouble.CREDENTIALS_REFUSED);
            case ACCOUNT_REFUSED -> standing.met(Trouble.ACCOUNT_REFUSED);
            case LIMIT_EXCEEDED -> standing.met(Trouble.LIMIT_EXCEEDED);
            default -> {
                // the breaker's, or the caller's
            }
        }
    }
}
