package io.cardverification.upstream;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

import io.cardverification.pacing.Permit;
import io.cardverification.verification.Charge;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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

    /** The breaker lets one through to see: by then it has, mostly. */
    private static final Duration PROBED = Duration.ofSeconds(1);

    private final SingleSend send;
    private final Map<Charge, Counter> attempts = new EnumMap<>(Charge.class);

    Wire(SingleSend send, MeterRegistry meters) {
        this.send = send;
        for (var charge : Charge.values()) {
            attempts.put(charge, Counter.builder("gateway.upstream.attempts")
                    .description("Requests that were to be sent, by what they cost").tag("charge", charge.word())
                    .register(meters));
        }
    }

    /** Fails with {@link VerificationFailure} only. Never blocks. Threads: any. */
    Uni<VerificationResult> send(WireQuestion question, Permit permit) {
        return send.send(question, permit)
                .onFailure().transform(thrown -> failure(thrown, permit))
                .onItem().invoke(result -> count(result.charge()))
                .onFailure(VerificationFailure.class).invoke(failure -> count(failure.charge()));
    }

    private static VerificationFailure failure(Throwable thrown, Permit permit) {
        if (thrown instanceof Ill ill) {
            return ill.failure();
        }
        return thrown instanceof CircuitBreakerOpenException ? VerificationFailure.circuitOpen(PROBED)
                : Endings.failed(thrown, permit);
    }

    private void count(Charge charge) {
        var counter = attempts.get(charge);
        if (counter != null) {
            counter.increment();
        }
    }
}
