package io.cardverification.upstream;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Completion;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.quarkus.runtime.Startup;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;

/**
 * Sends one request through the circuit breaker.
 *
 * <p>
 * The breaker counts each request once, its retries included, and only the failures that {@link FailureAttribution} attributes
 * to the upstream. It surrounds the single send, not the queue: cancelling a guarded {@code Uni} does not stop it (measured).
 * Here that is harmless, since a request without a permit is never sent.
 *
 * <p>
 * Rejected: the annotation {@code @CircuitBreaker}, whose settings have the names of a class and a method, and which counts
 * exceptions by class. A guard that is called directly leaves no metrics collector behind for each call, unlike
 * {@code @ApplyGuard} (read in SmallRye Fault Tolerance 6.10.1, {@code DelegatingMetricsCollector}).
 *
 * <p>
 * Threads: any.
 */
@Startup // creating the client takes a third of a second, which the first request should not wait for
@Singleton
final class CircuitBreakingClient {

    /** For {@code CircuitBreakerMaintenance}. */
    static final String NAME = "tencentcloud";

    private final BankCardVerificationClient client;
    private final FailureAttribution attribution;
    private final Duration answerTimeout;
    private final UnaryOperator<Uni<Completion>> breaker;

    @Inject
    CircuitBreakingClient(@RestClient BankCardVerificationClient client, FailureAttribution attribution, UpstreamConfig config,
            CircuitBreakerBridge bridge) {
        this(client, attribution, config.answerTimeout(), breaker(config, bridge));
    }

    CircuitBreakingClient(BankCardVerificationClient client, FailureAttribution attribution, Duration answerTimeout,
            UnaryOperator<Uni<Completion>> breaker) {
        this.client = client;
        this.attribution = attribution;
        this.answerTimeout = answerTimeout;
        this.breaker = breaker;
    }

    private static UnaryOperator<Uni<Completion>> breaker(UpstreamConfig upstream, CircuitBreakerBridge bridge) {
        UpstreamConfigValidator.requireBreaker(upstream);
        var config = upstream.circuitBreaker();
        if (!config.enabled()) {
            return UnaryOperator.identity();
        }
        var guard = TypedGuard.create(new TypeLiteral<Uni<Completion>>() {
        }).withDescription(NAME).withCircuitBreaker().name(NAME).failOn(CountedFailure.class)
                .requestVolumeThreshold(config.requestVolumeThreshold()).failureRatio(config.failureRatio())
                .delay(config.delay().toMillis(), ChronoUnit.MILLIS).successThreshold(config.successThreshold())
                .onStateChange(bridge::onStateChange).done().build();
        return sent -> guard.get(() -> sent);
    }

    /** Lazy; never fails. Cancelling it does not stop it. */
    Uni<Completion> send(PermittedRequest request) {
        var sent = sendOnce(request);
        return (request.retryState().isCountedByBreaker() ? sent : breaker.apply(sent))
                .onFailure(CountedFailure.class).recoverWithItem(failure -> failure.failure)
                .onFailure(CircuitBreakerOpenException.class)
                .recoverWithItem(() -> VerificationFailure.of(Reason.CIRCUIT_OPEN));
    }

    private Uni<Completion> sendOnce(PermittedRequest request) {
        return client.verify(request)
                .ifNoItem().after(answerTimeout).fail()
                .onItemOrFailure().transformToUni((response, thrown) -> completed(request, response, thrown));
    }

    /** @throws CountedFailure as a failed {@code Uni}, if the breaker counts it */
    private Uni<Completion> completed(PermittedRequest request, @Nullable UpstreamResponse response,
            @Nullable Throwable thrown) {
        var isAbandoned = request.permit().endedUnsent(); // read first, since the classifier revokes the permit
        var completion = thrown != null ? ResponseClassifier.failed(thrown, request.permit())
                : request.isRepeated(response) ? VerificationFailure.of(Reason.UPSTREAM_INVALID_RESPONSE)
                        : ResponseClassifier.classify(response);
        // A caller that disconnects while the connection opens proves nothing about the upstream.
        if (!isAbandoned && record(completion, request)) {
            return Uni.createFrom().failure(new CountedFailure(completion));
        }
        return Uni.createFrom().item(completion);
    }

    /** @return whether the breaker counts it as a failure */
    private boolean record(Completion completion, PermittedRequest request) {
        var isLimited = completion instanceof VerificationFailure failure && failure.reason() == Reason.LIMIT_EXCEEDED;
        if (!isLimited) {
            request.retryState().markCountedByBreaker();
        }
        return attribution.record(completion, request);
    }

    /** Carries a failure through the circuit breaker, which counts exceptions only. */
    private static final class CountedFailure extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Completion failure;

        CountedFailure(Completion failure) {
            super(failure.label(), null, false, false);
            this.failure = failure;
        }
    }
}
