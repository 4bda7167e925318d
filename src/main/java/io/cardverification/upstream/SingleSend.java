package io.cardverification.upstream;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.cardverification.pacing.Permit;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
import io.quarkus.runtime.Startup;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;

/**
 * What the circuit breaker is round, and nothing more: one request, and its answer or its end.
 *
 * <p>
 * An interceptor is round it, so neither it nor its method is final or private. Rejected: a {@code Guard}, since each call of a
 * method with {@code @ApplyGuard} leaves a metrics collector behind for ever, and without that the standard settings do not
 * hold (read in SmallRye Fault Tolerance 6.10.1, {@code DelegatingMetricsCollector} and {@code LazyGuard}).
 */
@Startup // making the client takes a third of a second, which is not the first caller's to wait
@Singleton
class SingleSend {

    private final BankCardVerificationClient client;
    private final Duration answerTimeout;

    SingleSend(@RestClient BankCardVerificationClient client, UpstreamConfig config) {
        this.client = client;
        this.answerTimeout = config.answerTimeout();
    }

    /** Lazy; cancelling it does not stop it. Fails with {@link VerificationFailure}, or with {@link Ill} where it counts. */
    @CircuitBreaker(failOn = Ill.class)
    @CircuitBreakerName(Breaker.NAME)
    Uni<VerificationResult> send(WireQuestion question, Permit permit) {
        return client.verify(new PacedQuestion(question, permit))
                .ifNoItem().after(answerTimeout).fail()
                .map(Endings::answered)
                .onFailure().transform(thrown -> counted(thrown, permit));
    }

    /** Who hangs up while the connection is made is no reason to doubt the upstream. */
    private static RuntimeException counted(Throwable thrown, Permit permit) {
        var isUnwanted = permit.isWithdrawn();
        var failure = Endings.failed(thrown, permit);
        return isUnwanted ? failure : Breaker.counted(failure);
    }
}
