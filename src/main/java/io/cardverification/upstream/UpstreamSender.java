package io.cardverification.upstream;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.cardverification.pacing.UpstreamEventLoop;
import io.cardverification.upstream.UpstreamHealth.Cause;
import io.cardverification.verification.Completion;
import io.cardverification.verification.VerificationFailure;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;

/** Sends one request on the upstream's event loop, and records its end in metrics and health. Threads: any. */
@Singleton
final class UpstreamSender {

    private static final Logger LOG = Logger.getLogger(UpstreamSender.class);

    /** After the pacer has stopped giving permits. */
    private static final int AFTER_THE_PACER = 10_000;

    private final CircuitBreakingClient client;
    private final UpstreamEventLoop loop;
    private final Duration answerTimeout;
    private final UpstreamHealth health;
    private final AttemptMetrics metrics;
    /** The requests in progress, and the process itself, which arrives when it stops. */
    private final Phaser inProgress = new Phaser(1);

    UpstreamSender(CircuitBreakingClient client, UpstreamEventLoop loop, UpstreamConfig config, UpstreamHealth health,
            AttemptMetrics metrics) {
        this.client = client;
        this.loop = loop;
        this.answerTimeout = config.answerTimeout();
        this.health = health;
        this.metrics = metrics;
    }

    /** Never blocks and never fails. */
    Uni<Completion> send(PermittedRequest request) {
        inProgress.register();
        var deregistered = new AtomicBoolean();
        var startedNanos = System.nanoTime();
        return Uni.createFrom().deferred(() -> client.send(request))
                .runSubscriptionOn(loop)
                .onTermination().invoke(() -> deregister(deregistered))
                .onFailure().recoverWithItem(thrown -> ResponseClassifier.failed(thrown, request.permit()))
                .invoke(completion -> record(completion, System.nanoTime() - startedNanos));
    }

    /** Once for each request, although Mutiny reports both an answer and a cancel if they race. */
    private void deregister(AtomicBoolean deregistered) {
        if (!deregistered.getAndSet(true)) {
            inProgress.arriveAndDeregister();
        }
    }

    /**
     * Waits for the responses of requests that were sent, before the process stops. Some of their callers have disconnected, so
     * Quarkus does not wait for them; but their charges must be recorded. Runs on the thread that stops the process, which may
     * wait.
     */
    void drain(@Observes @Priority(AFTER_THE_PACER) ShutdownDelayInitiatedEvent event) throws InterruptedException {
        try {
            inProgress.awaitAdvanceInterruptibly(inProgress.arrive(), answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf(
                    "Stopped with requests in flight, without a response after %d ms: their charge is unknown. Compare the ledger"
                            + " with the bill",
                    answerTimeout.toMillis());
        }
    }

    private void record(Completion completion, long elapsedNanos) {
        metrics.record(completion.charge(), elapsedNanos);
        if (completion instanceof VerificationFailure failure) {
            record(failure);
        } else {
            health.recordSuccess();
        }
    }

    private void record(VerificationFailure failure) {
        switch (failure.reason()) {
            case CREDENTIALS_REFUSED -> health.report(Cause.CREDENTIALS_REFUSED);
            case ACCOUNT_REFUSED -> health.report(Cause.ACCOUNT_REFUSED);
            case LIMIT_EXCEEDED -> health.report(Cause.LIMIT_EXCEEDED);
            default -> {
                // The circuit breaker reports the failures of the upstream; all others concern one caller.
            }
        }
    }
}
