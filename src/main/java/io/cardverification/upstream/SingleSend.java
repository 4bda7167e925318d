package io.cardverification.upstream;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.quarkus.runtime.Startup;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;

/**
 * Sends one request through the circuit breaker, and nothing more.
 *
 * <p>
 * An interceptor is round it, so neither it nor its method is final or private. Rejected: a {@code Guard}, since each
 * call of a method with {@code @ApplyGuard} leaves a metrics collector behind for ever, and without that the standard
 * settings do not hold (read in SmallRye Fault Tolerance 6.10.1, {@code DelegatingMetricsCollector} and
 * {@code LazyGuard}).
 */
@Startup // creating the client takes a third of a second, and the first caller should not wait for it
@Singleton
class SingleSend {

    private final BankCardVerificationClient client;
    private final FailureAttribution attribution;
    private final Duration answerTimeout;

    SingleSend(@RestClient BankCardVerificationClient client, FailureAttribution attribution, UpstreamConfig config) {
        this.client = client;
        this.attribution = attribution;
        this.answerTimeout = config.answerTimeout();
    }

    /**
     * Lazy; cancelling it does not stop it. Fails with {@link VerificationFailure}, or with {@link Ill} if the failure
     * counts.
     */
    @CircuitBreaker(failOn = Ill.class)
    @CircuitBreakerName(Breaker.NAME)
    Uni<VerificationResult> send(PacedQuestion asked) {
        return sendUncounted(asked);
    }

    /** The same without the circuit breaker, which counts each question once, including its retries. */
    Uni<VerificationResult> sendUncounted(PacedQuestion asked) {
        return client.verify(asked)
                .ifNoItem().after(answerTimeout).fail()
                .onItem().invoke(asked::requireOwn)
                .map(Endings::answered)
                .onItem().invoke(result -> answered(asked))
                .onFailure().transform(thrown -> counted(thrown, asked));
    }

    private void answered(PacedQuestion asked) {
        attribution.answered(asked);
        asked.attempts().count();
    }

    /** A caller that disconnects while the connection opens says nothing about the upstream. */
    private RuntimeException counted(Throwable thrown, PacedQuestion asked) {
        var isUnwanted = asked.permit().endedUnsent();
        var failure = Endings.failed(thrown, asked.permit());
        if (isUnwanted) {
            return failure;
        }
        if (failure.reason() != Reason.LIMIT_EXCEEDED) {
            asked.attempts().count();
        }
        return attribution.counted(failure, asked);
    }
}
