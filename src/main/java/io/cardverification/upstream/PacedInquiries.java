package io.cardverification.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

import io.cardverification.pacing.Again;
import io.cardverification.pacing.LimitRefused;
import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.pacing.Permit;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.Inquiries;
import io.cardverification.verification.Inquiry;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;

/**
 * Waits for a permit, then signs and sends. Sends again, with another permit, only what the limit refused, or what a wrong
 * clock
 * had signed: neither was charged.
 */
@Startup // making the client takes a third of a second, which is not the first caller's to wait
@Singleton
final class PacedInquiries implements Inquiries {

    private static final Logger LOG = Logger.getLogger(PacedInquiries.class);

    private static final String EXPIRED = ErrorCode.AUTH_FAILURE_SIGNATURE_EXPIRE.code();

    /** A guess: by then, somebody else answers at this address. */
    private static final Duration SUCCESSOR_READY = Duration.ofSeconds(5);

    private final BankCardVerificationClient client;
    private final Pacer pacer;
    private final Veil veil;
    private final UpstreamClock clock;
    private final Duration longestWait;
    private final Duration answerTimeout;

    PacedInquiries(@RestClient BankCardVerificationClient client, Pacer pacer, Veil veil, UpstreamClock clock,
            PacingConfig pacing, UpstreamConfig upstream) {
        this.client = client;
        this.pacer = pacer;
        this.veil = veil;
        this.clock = clock;
        this.longestWait = pacing.maxWait();
        this.answerTimeout = upstream.answerTimeout();
    }

    @Override
    public Inquiry open(VerificationRequest request) {
        var question = WireQuestion.of(request);
        if (veil.isTorn(question)) {
            return terms -> Uni.createFrom().failure(VerificationFailure.partlyEncrypted());
        }
        var corrected = new AtomicBoolean();
        var turn = pacer.turn(permit -> send(veil.over(question), permit, corrected));
        return terms -> turn.join(Places.of(terms, longestWait)).map(Rides::result);
    }

    /** What was sent is answered; what waits would only be in the way of that. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        pacer.stop(SUCCESSOR_READY);
    }

    /** @param corrected whether a wrong clock has given this question another turn already */
    private Uni<VerificationResult> send(WireQuestion question, Permit permit, AtomicBoolean corrected) {
        var offset = clock.offset();
        return client.verify(new PacedQuestion(question, permit))
                .ifNoItem().after(answerTimeout).fail()
                .onItem().ifNull().failWith(VerificationFailure::nonsense)
                .map(WireAnswer::result)
                .onFailure()
                .transform(thrown -> isSkewed(thrown, offset) && !corrected.getAndSet(true) ? new Again(thrown)
                        : told(thrown, permit))
                .onCancellation().invoke(() -> abandoned(permit));
    }

    private boolean isSkewed(Throwable thrown, Duration offset) {
        return thrown instanceof VerificationFailure failure
                && failure.upstreamCode().filter(EXPIRED::equals).isPresent() && clock.corrects(offset);
    }

    private static RuntimeException told(Throwable thrown, Permit permit) {
        var failure = LostAnswers.failure(thrown, permit);
        if (failure.reason() == Reason.LIMIT_EXCEEDED) {
            return new LimitRefused(failure); // a line for each would be a hundred lines for one cause; the pacer tells once
        }
        LOG.warnf("%s, charged: %s, request id: %s, cause: %s", failure.getMessage(), failure.charge(),
                failure.requestId().filter(id -> !id.isEmpty()).orElse("none"),
                failure == thrown ? "the answer" : thrown.getClass().getName());
        return failure;
    }

    /** Nobody is left to be told, but finance may ask. */
    private static void abandoned(Permit permit) {
        if (permit.hasDeparted()) {
            LOG.warn("sent, and its last caller left before the answer, charged: unknown");
        }
    }
}
