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
import io.cardverification.pacing.QueueOptions;
import io.cardverification.pacing.TaskResult;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.CallOptions;
import io.cardverification.verification.Completion;
import io.cardverification.verification.DepartureGate;
import io.cardverification.verification.DepartureGate.Abandoned;
import io.cardverification.verification.DepartureGate.Clearance;
import io.cardverification.verification.DepartureGate.Completed;
import io.cardverification.verification.DepartureGate.Elsewhere;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Uni;

/** One call as a task of the pacer: makes its attempts and decides what follows each of them. Threads: any. */
final class PacedCall implements VerificationCall {

    private static final Logger LOG = Logger.getLogger(PacedCall.class);

    private static final String SIGNATURE_EXPIRED = ErrorCode.AUTH_FAILURE_SIGNATURE_EXPIRE.code();

    private final UpstreamRequest values;
    private final DepartureGate gate;
    private final RequestEncryption encryption;
    private final UpstreamSender sender;
    private final SigningClock clock;
    private final Ledger ledger;
    private final RetryState retryState;
    private final CallTrace trace;
    private final Duration maxWait;
    private final PacedTask<Completion> task;
    /** The caller that joined last. */
    private volatile String caller = "";
    /** The completion of the last attempt; null before the first one. */
    private volatile @Nullable Completion last;

    PacedCall(UpstreamRequest values, DepartureGate gate, RequestEncryption encryption, UpstreamSender sender,
            SigningClock clock, Ledger ledger,
            RetryState retryState, CallTrace trace, Pacer pacer, Duration maxWait, Consumer<Completion> onEnded) {
        this.values = values;
        this.gate = gate;
        this.encryption = encryption;
        this.sender = sender;
        this.clock = clock;
        this.ledger = ledger;
        this.retryState = retryState;
        this.trace = trace;
        this.maxWait = maxWait;
        this.task = pacer.task(this::attempt, unexpected -> VerificationFailure.of(Reason.UPSTREAM_TIMEOUT),
                completion -> onEnded.accept(delivered(completion, Duration.ZERO)));
    }

    @Override
    public Uni<Completion> join(CallOptions options) {
        trace.join(options.lane());
        caller = options.caller().name();
        return task.join(queueOptions(options)).map(this::completion);
    }

    private QueueOptions queueOptions(CallOptions options) {
        var requested = options.maxWait();
        return new QueueOptions(options.lane(), options.caller().name(), options.caller().weight(),
                requested == null || requested.compareTo(maxWait) > 0 ? maxWait : requested);
    }

    private Completion completion(TaskResult<Completion> result) {
        if (result instanceof TaskResult.Denied<Completion> denied) {
            return failure(denied.denial()).with(ResponseMetadata.ofWait(denied.waited()));
        }
        return delivered(((TaskResult.Completed<Completion>) result).outcome(), result.waited());
    }

    /** An answer of an earlier call, or of another process, keeps its own metadata. */
    private Completion delivered(Completion outcome, Duration waited) {
        var metadata = outcome.metadata();
        return metadata.shared() || metadata.reusedAfter().isPresent() ? outcome
                : outcome.with(retryState.metadata(waited));
    }

    private static VerificationFailure failure(PermitDenied denial) {
        var reason = switch (denial.reason()) {
            case QUEUE_FULL, WAIT_TIMEOUT -> Reason.QUEUE_FULL;
            case SUSPENDED -> Reason.CIRCUIT_OPEN;
            case LEASE_LOST -> Reason.STORE_UNAVAILABLE;
            case STOPPING -> Reason.SHUTTING_DOWN;
            case UPSTREAM_OVERLOADED -> Reason.LIMIT_EXCEEDED;
        };
        return VerificationFailure.notSent(reason, denial.retryAfter(), denial.errorCode());
    }

    @Override
    public boolean isCommitted() {
        return task.isCommitted();
    }

    /**
     * If the ledger or the store fails while the call waits, no attempt is made: that is better than a charge without an entry.
     * After an earlier attempt, which may have been charged, the call ends as that one ended.
     */
    private Uni<Attempt<Completion>> attempt(Permit permit) {
        return ledger.isAvailable()
                ? gate.clear(retryState.isLastUnknown())
                        .onFailure().recoverWithItem(() -> new Completed(VerificationFailure.of(Reason.STORE_UNAVAILABLE)))
                        .onItem().transformToUni(clearance -> attempt(permit, clearance))
                : notSent(permit, VerificationFailure.of(Reason.LEDGER_UNAVAILABLE));
    }

    private Uni<Attempt<Completion>> attempt(Permit permit, Clearance clearance) {
        if (clearance instanceof Completed completed) {
            return notSent(permit, completed.completion());
        }
        if (clearance instanceof Abandoned) {
            permit.revoke();
            return Uni.createFrom().item(again(Reason.CALLER_DISCONNECTED));
        }
        if (clearance instanceof Elsewhere elsewhere) {
            permit.revoke(); // so that it serves another call in the meantime
            return elsewhere.completion().map(PacedCall::afterElsewhere);
        }
        var isLastUnknown = retryState.isLastUnknown();
        retryState.beginAttempt();
        var clockOffset = clock.offset();
        var request = new PermittedRequest(encryption.encrypt(values), permit, caller, values.hashCode(), retryState);
        return trace.attempt(retryState.attempts(), sender.send(request)).map(completion -> permit.isDenied()
                ? denied(completion, isLastUnknown)
                : next(completion, clockOffset));
    }

    /** The task queues again, and nothing happened that counts. */
    private Attempt<Completion> denied(Completion completion, boolean isLastUnknown) {
        retryState.undoAttempt(isLastUnknown);
        return new Attempt.Done<>(completion);
    }

    private Uni<Attempt<Completion>> notSent(Permit permit, Completion completion) {
        permit.revoke();
        var previous = last;
        return Uni.createFrom().item(new Attempt.Done<>(previous == null ? completion : previous));
    }

    private static Attempt<Completion> afterElsewhere(Optional<Completion> completion) {
        return completion.<Attempt<Completion>> map(Attempt.Done::new)
                .orElseGet(() -> again(Reason.STORE_UNAVAILABLE));
    }

    /** @param reason if no further attempt follows */
    private static Attempt<Completion> again(Reason reason) {
        return new Attempt.RetryAfter<>(VerificationFailure.of(reason), Duration.ZERO);
    }

    private Attempt<Completion> next(Completion completion, Duration clockOffset) {
        last = completion;
        return completion.fold(result -> afterDelay(completion, retryState.planRetry(result)),
                failure -> afterFailure(failure, clockOffset));
    }

    private Attempt<Completion> afterFailure(VerificationFailure failure, Duration clockOffset) {
        if (failure.reason() == Reason.LIMIT_EXCEEDED) {
            // Not logged here: the pacer logs one line for the many rejections with one cause.
            return new Attempt.RateLimited<>(failure, failure.upstreamCode().orElse(null));
        }
        var delay = isClockSkewed(failure, clockOffset) && retryState.tryClockCorrection() ? Duration.ZERO
                : retryState.planRetry(failure);
        trace.runInRequestContext(() -> LOG.warnf("Attempt %d failed: %s, upstream code: %s, charged: %s, request id: %s; %s",
                retryState.attempts(), failure.label(), failure.upstreamCode().orElse("none"), failure.charge(),
                failure.requestId().filter(id -> !id.isEmpty()).orElse("none"),
                delay == null ? "no retry" : "retry after " + delay.toMillis() + " ms"));
        return afterDelay(failure, delay);
    }

    /** @param delay before the next attempt; null if none follows */
    private static Attempt<Completion> afterDelay(Completion completion, @Nullable Duration delay) {
        return delay == null ? new Attempt.Done<>(completion) : new Attempt.RetryAfter<>(completion, delay);
    }

    private boolean isClockSkewed(VerificationFailure failure, Duration clockOffset) {
        return failure.upstreamCode().filter(SIGNATURE_EXPIRED::equals).isPresent() && clock.adjust(clockOffset);
    }
}
