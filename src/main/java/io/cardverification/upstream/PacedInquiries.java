package io.cardverification.upstream;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.pacing.Permit;
import io.cardverification.pacing.QueueFull;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.cardverification.verification.Verifier;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;

/** Waits for a permit, then signs and sends once. Never sends again by itself. */
@Startup // making the client takes a third of a second, which is not the first caller's to wait
@Singleton
final class PacedVerifier implements Verifier {

    private static final Logger LOG = Logger.getLogger(PacedVerifier.class);

    private final BankCardVerificationClient client;
    private final Pacer pacer;
    private final Duration maxWait;
    private final Duration answerTimeout;

    PacedVerifier(@RestClient BankCardVerificationClient client, Pacer pacer, PacingConfig pacing, UpstreamConfig upstream) {
        this.client = client;
        this.pacer = pacer;
        this.maxWait = pacing.maxWait();
        this.answerTimeout = upstream.answerTimeout();
    }

    @Override
    public Uni<VerificationResult> verify(VerificationRequest request) {
        return pacer.inTurn(permit -> send(request, permit), maxWait)
                .onFailure(QueueFull.class)
                .transform(full -> VerificationFailure.queueFull(full.retryAfter()));
    }

    private Uni<VerificationResult> send(VerificationRequest request, Permit permit) {
        return client.verify(new PacedQuestion(WireQuestion.of(request), permit))
                .ifNoItem().after(answerTimeout).fail()
                .onItem().ifNull().failWith(VerificationFailure::nonsense)
                .map(WireAnswer::result)
                .onFailure().transform(thrown -> told(thrown, permit))
                .onCancellation().invoke(() -> abandoned(permit));
    }

    private static VerificationFailure told(Throwable thrown, Permit permit) {
        var failure = LostAnswers.failure(thrown, permit);
        LOG.warnf("%s, charged: %s, request id: %s, cause: %s", failure.getMessage(), failure.charge(),
                failure.requestId().filter(id -> !id.isEmpty()).orElse("none"),
                failure == thrown ? "the answer" : thrown.getClass().getName());
        return failure;
    }

    /** Nobody is left to be told, but finance may ask. */
    private static void abandoned(Permit permit) {
        if (permit.hasDeparted()) {
            LOG.warn("sent, and its caller left before the answer, charged: unknown");
        }
    }
}
