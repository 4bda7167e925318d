package io.cardverification.upstream;

import java.time.Duration;
import java.util.function.Consumer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Inquiries;
import io.cardverification.verification.Inquiry;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;

/** Creates a task of the pacer for each question that may be sent. */
@Singleton
final class PacedInquiries implements Inquiries {

    /** An estimate: by then another process answers at this address. */
    private static final Duration SUCCESSOR_READY = Duration.ofSeconds(5);

    private final Wire wire;
    private final Pacer pacer;
    private final Veil veil;
    private final UpstreamClock clock;
    private final Ledger ledger;
    private final UpstreamConfig config;
    private final Tracer tracer;
    private final Duration longestWait;

    PacedInquiries(Wire wire, Pacer pacer, Veil veil, UpstreamClock clock, Ledger ledger, PacingConfig pacing,
            UpstreamConfig config, Tracer tracer) {
        this.wire = wire;
        this.pacer = pacer;
        this.veil = veil;
        this.clock = clock;
        this.ledger = ledger;
        this.config = config;
        this.tracer = tracer;
        this.longestWait = pacing.maxWait();
    }

    @Override
    public Inquiry open(VerificationRequest request, Consumer<Conclusion> ended) {
        var question = WireQuestion.of(request);
        return veil.isTorn(question) ? new Torn()
                : new PacedInquiry(question, veil, wire, clock, ledger, new Attempts(config), new Origin(tracer), pacer,
                        longestWait,
                        ended);
    }

    /** Requests that were sent are still answered; those in the queue are rejected. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        pacer.stop(SUCCESSOR_READY);
    }

    /** A question that must not be sent, since some of its values are not encrypted. */
    private static final class Torn implements Inquiry {

        @Override
        public Uni<VerificationResult> join(Terms terms) {
            return Uni.createFrom().failure(VerificationFailure::partlyEncrypted);
        }

        @Override
        public boolean isBeyondRecall() {
            return false;
        }
    }
}
