package io.cardverification.upstream;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
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

    PacedVerifier(@RestClient BankCardVerificationClient client, Pacer pacer, PacingConfig pacing) {
        this.client = client;
        this.pacer = pacer;
        this.maxWait = pacing.maxWait();
    }

    @Override
    public Uni<VerificationResult> verify(VerificationRequest request) {
        return pacer.inTurn(permit -> client.verify(new PacedQuestion(WireQuestion.of(request), permit)), maxWait)
                .onItem().ifNull().failWith(VerificationFailure::nonsense)
                .map(WireAnswer::result)
                .onFailure().transform(PacedVerifier::told);
    }

    private static VerificationFailure told(Throwable thrown) {
        var failure = LostAnswers.failure(thrown);
        if (failure.reason() == Reason.QUEUE_FULL) {
            LOG.debug("refused: the queue is full"); // under overload, a line for each would be the next overload
        } else {
            LOG.warnf("%s, charged: %s, request id: %s, cause: %s", failure.getMessage(), failure.charge(),
                    failure.requestId().orElse("none"), failure == thrown ? "the answer" : thrown.getClass().getName());
        }
        return failure;
    }
}
