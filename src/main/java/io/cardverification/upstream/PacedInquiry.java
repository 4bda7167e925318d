package io.cardverification.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.Attempt;
import io.cardverification.pacing.PacedTask;
import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.Permit;
import io.cardverification.pacing.PermitDenied;
import io.cardverification.pacing.QueueLane;
import io.cardverification.pacing.QueueOptions;
import io.cardverification.pacing.TaskResult;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Delivery;
import io.cardverification.verification.Inquiry;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;

/**
 * One question as a task of the pacer: makes its attempts and decides what follows each of them. Threads: any.
 */
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
    private final PacedTask<Conclusion> task;
    /** The caller that joined last. */
    private volatile String caller = "";
    /** How the last attempt ended; null before the first one. */
    private volatile @Nullable Conclusion last;

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
        this.task = pacer.task(this::attempt, unexpected -> Conclusion.of(VerificationFailure.silent()),
                conclusion -> ended.accept(conclusion.delivered(attempts.delivery(Duration.ZERO))));
    }

    @Override
    public Uni<VerificationResult> join(Terms terms) {
        origin.joined(terms.lane());
        caller = terms.caller().name();
        return task.join(options(terms)).onItem().transformToUni(result -> conclusion(result).told());
    }

    private QueueOptions options(Terms terms) {
        var lane = switch (terms.lane()) {
            case INTERACTIVE -> QueueLane.INTERACTIVE;
            case BATCH -> QueueLane.BATCH;
        };
        var maxWait = terms.maxWait();
        return new QueueOptions(lane, terms.caller().name(), terms.caller().weight(),
                maxWait == null || maxWait.compareTo(longestWait) > 0 ? longestWait : maxWait);
    }

    private Conclusion conclusion(TaskResult<Conclusion> result) {
        if (result instanceof TaskResult.Denied<Conclusion> denied) {
            return Conclusion.of(failure(denied.denial()).delivered(Delivery.NONE.waited(denied.waited())));
        }
        return ((TaskResult.Completed<Conclusion>) result).outcome().delivered(attempts.delivery(result.waited()));
    }

    private static VerificationFailure failure(PermitDenied denial) {
        return switch (denial.reason()) {
            case QUEUE_FULL, WAIT_TIMEOUT -> VerificationFailure.queueFull(denial.retryAfter());
            case SUSPENDED -> VerificationFailure.circuitOpen(denial.retryAfter());
            case STOPPING -> VerificationFailure.shuttingDown(denial.retryAfter());
            case UPSTREAM_OVERLOADED -> VerificationFailure.lockedOut(denial.errorCode(), denial.retryAfter());
        };
    }

    @Override
    public boolean isBeyondRecall() {
        return task.isCommitted();
    }

    /**
     * If the ledger fails while the question waits, the attempt is refused: better than a charge without a line. If another
     * attempt preceded, the question ends as that one ended, which may have been charged.
     */
    private Uni<Attempt<Conclusion>> attempt(Permit permit) {
        var previous = last;
        if (!ledger.isAvailable()) {
            return Uni.createFrom().item(new Attempt.Done<>(
                    previous == null ? Conclusion.of(VerificationFailure.ledgerUnavailable()) : previous));
        }
        attempts.begin();
        var offset = clock.offset();
        return origin
                .attempt(attempts.tried(),
                        wire.send(new PacedQuestion(veil.over(question), permit, caller, question.hashCode(), attempts)))
                .map(this::classify)
                .onFailure(VerificationFailure.class)
                .recoverWithItem(failure -> classify(failure, offset));
    }

    private Attempt<Conclusion> classify(VerificationResult result) {
        return attempt(Conclusion.of(result), attempts.after(result));
    }

    private Attempt<Conclusion> classify(VerificationFailure failure, Duration offset) {
        var conclusion = Conclusion.of(failure);
        if (failure.reason() == Reason.LIMIT_EXCEEDED) {
            last = conclusion; // not logged: the pacer logs one line for the many rejections of one cause
            return new Attempt.RateLimited<>(conclusion, failure.upstreamCode().orElse(null));
        }
        origin.tell(() -> LOG.warnf("%s, charged: %s, request id: %s", failure.getMessage(), failure.charge(),
                failure.requestId().filter(id -> !id.isEmpty()).orElse("none")));
        return attempt(conclusion,
                isSkewed(failure, offset) && attempts.correct() ? Optional.of(Duration.ZERO) : attempts.after(failure));
    }

    /** @param delay before the next attempt; empty if none follows */
    private Attempt<Conclusion> attempt(Conclusion conclusion, Optional<Duration> delay) {
        last = conclusion;
        return delay.<Attempt<Conclusion>> map(rest -> new Attempt.RetryAfter<>(conclusion, rest))
                .orElseGet(() -> new Attempt.Done<>(conclusion));
    }

    private boolean isSkewed(VerificationFailure failure, Duration offset) {
        return failure.upstreamCode().filter(EXPIRED::equals).isPresent() && clock.corrects(offset);
    }
}
