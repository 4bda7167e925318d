package io.cardverification.upstream;

import java.time.Duration;
import java.util.function.Consumer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.verification.CallOptions;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.DepartureGate;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationCallFactory;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;

/** Creates a call, which is a task of the pacer, for each question that may be sent. Threads: any. */
@Singleton
final class PacedCallFactory implements VerificationCallFactory {

    /** An estimate: by then another process answers at this address. */
    private static final Duration SUCCESSOR_READY = Duration.ofSeconds(5);

    private final UpstreamSender sender;
    private final Pacer pacer;
    private final RequestEncryption encryption;
    private final SigningClock clock;
    private final Ledger ledger;
    private final UpstreamConfig config;
    private final Tracer tracer;
    private final Duration maxWait;

    PacedCallFactory(UpstreamSender sender, Pacer pacer, RequestEncryption encryption, SigningClock clock, Ledger ledger,
            PacingConfig pacing, UpstreamConfig config, Tracer tracer) {
        this.sender = sender;
        this.pacer = pacer;
        this.encryption = encryption;
        this.clock = clock;
        this.ledger = ledger;
        this.config = config;
        this.tracer = tracer;
        this.maxWait = pacing.maxWait();
    }

    @Override
    public VerificationCall open(CallerRequest request, DepartureGate gate, Consumer<Completion> onEnded) {
        var values = UpstreamRequest.of(request.values());
        return encryption.isPartiallyEncrypted(values) ? new PartiallyEncryptedCall()
                : new PacedCall(values, gate, encryption, sender, clock, ledger, new RetryState(config), new CallTrace(tracer),
                        pacer,
                        maxWait, onEnded);
    }

    /** Requests that were sent are still answered; those in the queue are rejected. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        pacer.stop(SUCCESSOR_READY);
    }

    /** A call that must not be sent, since some of its values are not encrypted. */
    private static final class PartiallyEncryptedCall implements VerificationCall {

        @Override
        public Uni<Completion> join(CallOptions options) {
            return Uni.createFrom().item(VerificationFailure.of(Reason.PARTIAL_ENCRYPTION));
        }

        @Override
        public boolean isCommitted() {
            return false;
        }
    }
}
