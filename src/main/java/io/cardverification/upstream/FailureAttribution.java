package io.cardverification.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.cardverification.verification.VerificationFailure;

/**
 * Which failures count for the circuit breaker: those that say that the upstream, or the way to it, is ill.
 *
 * <p>
 * No connection, silence, an invalid response and an upstream that calls itself unavailable count, unless they are one caller's
 * or one question's own: unless most of the other callers were answered when they asked last, or this same question failed
 * before and most of the other questions were answered. An error code that one question may have brought about by itself
 * ({@code FailedOperation}, {@code InternalError}) counts only if most of the other callers fail, too. All that is older than
 * half a minute is forgotten, and so is all when the breaker opens, so that an upstream that answers nobody opens it whoever
 * asks.
 *
 * <p>
 * Rejected: a breaker for each caller, which would let every caller find out anew that the upstream is down; error codes as
 * failures like all others, by which one caller shut out all for nothing, since they are free.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions.
 */
final class FailureAttribution {

    private static final Duration LAPSE = Duration.ofSeconds(30);
    private static final int CALLERS = 100;
    private static final int QUESTIONS = 20;

    private final LongSupplier nanoClock;
    private final LatestOutcomes<String> callers = new LatestOutcomes<>(CALLERS, LAPSE);
    /** By hash: two that share one would only be taken for the same question. */
    private final LatestOutcomes<Integer> questions = new LatestOutcomes<>(QUESTIONS, LAPSE);

    FailureAttribution(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void answered(PacedQuestion asked) {
        note(asked, false);
    }

    /**
     * Not a result, whatever it says of a card; not the limit, which the pacer minds; not what the caller, the account or the
     * gateway's keys did wrong, which failing faster would only hide.
     *
     * @return {@link Ill} where it counts, else the failure itself
     */
    RuntimeException counted(VerificationFailure failure, PacedQuestion asked) {
        var counts = switch (failure.reason()) {
            case UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT, UPSTREAM_INVALID_RESPONSE, UPSTREAM_UNAVAILABLE ->
                isUpstreams(asked, true);
            case UPSTREAM_FAILED -> isUpstreams(asked, false);
            case INPUT_REFUSED, CREDENTIALS_REFUSED, ACCOUNT_REFUSED, PROTOCOL_REFUSED -> {
                note(asked, false);
                yield false;
            }
            case QUEUE_FULL, CONCURRENCY_LIMIT_EXCEEDED, DAILY_LIMIT_EXCEEDED, CIRCUIT_OPEN, IDEMPOTENCY_KEY_REUSED,
                    IDEMPOTENCY_STORE_FULL, LEDGER_UNAVAILABLE, SHUTTING_DOWN, PARTIAL_ENCRYPTION, LIMIT_EXCEEDED ->
                false;
        };
        return counts ? new Ill(failure) : failure;
    }

    /** @param alone whether it counts where no other caller has asked lately */
    private synchronized boolean isUpstreams(PacedQuestion asked, boolean alone) {
        var nowNanos = nanoClock.getAsLong();
        var question = asked.plainHash();
        var repeated = questions.hasFailed(question, nowNanos);
        note(asked, true);
        var others = callers.others(asked.caller(), nowNanos);
        var isCallers = others.none() ? !alone : others.answered() >= others.failed();
        var otherQuestions = questions.others(question, nowNanos);
        var isQuestions = repeated && otherQuestions.answered() > otherQuestions.failed();
        return !isCallers && !isQuestions;
    }

    private synchronized void note(PacedQuestion asked, boolean failed) {
        var nowNanos = nanoClock.getAsLong();
        callers.note(asked.caller(), failed, nowNanos);
        questions.note(asked.plainHash(), failed, nowNanos);
    }

    synchronized void forget() {
        callers.clear();
        questions.clear();
    }
}
