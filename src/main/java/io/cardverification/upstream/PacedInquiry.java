package io.cardverification.upstream;

import java.time.Duration;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.Again;
import io.cardverification.pacing.LimitRefused;
import io.cardverification.pacing.PacedTask;
import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.Permit;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Inquiry;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;

/** One question's turn at the pacer, and its attempts. Threads: any. */
final class PacedInquiry implements Inquiry {

    private static final Logger LOG = Logger.getLogger(PacedInquiry.class);

    private static final String EXPIRED = ErrorCode.AUTH_FAILURE_SIGNATURE_EXPIRE.code();

    private final WireQuestion question;
    private final Veil veil;
    private final Wire wire;
    private final UpstreamClock clock;
    private final Ledger ledger;
    private final Attempts attempts;
    private final Origin origin;
    private final Duration longestWait;
    private final PacedTask<VerificationResult> turn;
    /** Who joined last. */
    private volatile String caller = "";
    /** How the last attempt ended; null before the first one. */
    private volatile @Nullable RuntimeException last;

    PacedInquiry(WireQuestion question, Veil veil, Wire wire, UpstreamClock clock, Ledger ledger, Attempts attempts,
            Origin origin, Pacer pacer, Duration longestWait, Consumer<Conclusion> ended) {
        this.question = question;
        this.veil = veil;
        this.wire = wire;
        this.clock = clock;
        this.ledger = ledger;
        this.attempts = attempts;
        this.origin = origin;
        this.longestWait = longestWait;
        this.turn = pacer.turn(this::attempt, ride -> ended.accept(Rides.conclusion(ride, attempts)));
    }

    @Override
    public Uni<VerificationResult> join(Terms terms) {
        origin.joined(terms.lane());
        caller = terms.caller().name();
        return turn.join(Places.of(terms, longestWait))
                .onItem().transformToUni(ride -> Rides.conclusion(ride, attempts).told());
    }

    @Override
    public boolean isBeyondRecall() {
        return turn.isBeyondRecall();
    }

    /**
     * If the ledger fails while the question waits, the question is refused at its turn: better than a charge without a line.
     * If it waits for another attempt, it ends as the last one ended, which may have been charged.
     */
    private Uni<VerificationResult> attempt(Permit permit) {
        if (!ledger.isAvailable()) {
            return Uni.createFrom().failure(last == null ? VerificationFailure.ledgerUnavailable() : last);
        }
        attempts.begin();
        var offset = clock.offset();
        return origin
                .attempt(attempts.tried(),
                        wire.send(new PacedQuestion(veil.over(question), permit, caller, question.hashCode(), attempts)))
                .onItem().invoke(this::requireDecided)
                .onFailure(VerificationFailure.class).transform(failure -> next(failure, offset));
    }

    /** @throws Again where it is to be asked again */
    private void requireDecided(VerificationResult result) {
        attempts.after(result).ifPresent(rest -> {
            var undecided = new Undecided(result);
            last = undecided;
            throw new Again(undecided, rest);
        });
    }

    /** @return what the pacer is to make of it */
    private RuntimeException next(VerificationFailure failure, Duration offset) {
        last = failure;
        if (failure.reason() == Reason.LIMIT_EXCEEDED) {
            return new LimitRefused(failure); // a line for each would be a hundred lines for one cause; the pacer tells once
        }
        origin.tell(() -> LOG.warnf("%s, charged: %s, request id: %s", failure.getMessage(), failure.charge(),
                failure.requestId().filter(id -> !id.isEmpty()).orElse("none")));
        if (isSkewed(failure, offset) && attempts.correct()) {
            return new Again(failure, Duration.ZERO);
        }
        return attempts.after(failure).<RuntimeException> map(rest -> new Again(failure, rest)).orElse(failure);
    }

    private boolean isSkewed(VerificationFailure failure, Duration offset) {
        return failure.upstreamCode().filter(EXPIRED::equals).isPresent() && clock.corrects(offset);
    }
}
