package io.cardverification.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.cardverification.verification.Completion;
import io.cardverification.verification.VerificationFailure;

/**
 * Decides which failures the circuit breaker counts: those that the upstream or the way to it causes.
 *
 * <p>
 * A missing connection, a missing or invalid response and an upstream that calls itself unavailable count, with two exceptions:
 * most of the other callers got an answer to their last request, or this call failed before and most other calls got an answer.
 * An error code that one request may cause ({@code FailedOperation}, {@code InternalError}) counts only if most of the other
 * callers fail, too. Outcomes older than half a minute do not count, and the breaker clears all of them when it opens. So an
 * upstream that answers no caller opens the breaker, whichever caller asks.
 *
 * <p>
 * Rejected: a breaker for each caller, since every caller would have to find out that the upstream is down. Rejected: counting
 * all error codes. They are free, so one caller could shut out all others at no cost.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions.
 */
final class FailureAttribution {

    private static final Duration MAX_AGE = Duration.ofSeconds(30);
    private static final int MAX_CALLERS = 100;
    private static final int MAX_CALLS = 20;

    private final LongSupplier nanoClock;
    private final LatestOutcomes<String> callers = new LatestOutcomes<>(MAX_CALLERS, MAX_AGE);
    /** By the hash of the values. Two calls with the same hash count as one call. */
    private final LatestOutcomes<Integer> calls = new LatestOutcomes<>(MAX_CALLS, MAX_AGE);

    FailureAttribution(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Records the outcome, and returns whether the circuit breaker counts it as a failure. False for results, for rejections by
     * the rate limit, which the pacer handles, and for errors of the
     * caller, the account or the gateway's keys, which an open breaker would only hide.
     */
    boolean record(Completion completion, PermittedRequest request) {
        return completion.fold(result -> recordAnswer(request), failure -> recordFailure(failure, request));
    }

    private boolean recordFailure(VerificationFailure failure, PermittedRequest request) {
        return switch (failure.reason()) {
            case UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT, UPSTREAM_INVALID_RESPONSE, UPSTREAM_UNAVAILABLE ->
                recordFailure(request, true);
            case UPSTREAM_FAILED -> recordFailure(request, false);
            case INPUT_REFUSED, CREDENTIALS_REFUSED, ACCOUNT_REFUSED, PROTOCOL_REFUSED -> recordAnswer(request);
            case QUEUE_FULL, CONCURRENCY_LIMIT_EXCEEDED, DAILY_LIMIT_EXCEEDED, CIRCUIT_OPEN, IDEMPOTENCY_KEY_REUSED,
                    IDEMPOTENCY_STORE_FULL, LEDGER_UNAVAILABLE, STORE_UNAVAILABLE, SHUTTING_DOWN, CALLER_DISCONNECTED,
                    INTERRUPTED, PARTIAL_ENCRYPTION,
                    LIMIT_EXCEEDED ->
                false;
        };
    }

    /** @param countsAlone whether it counts if no other caller has sent a request lately */
    private synchronized boolean recordFailure(PermittedRequest request, boolean countsAlone) {
        var nowNanos = nanoClock.getAsLong();
        var isRepeated = calls.hasFailed(request.plainHash(), nowNanos);
        put(request, true);
        var otherCallers = callers.others(request.caller(), nowNanos);
        var isOfCaller = otherCallers.none() ? !countsAlone : otherCallers.answered() >= otherCallers.failed();
        var otherCalls = calls.others(request.plainHash(), nowNanos);
        var isOfCall = isRepeated && otherCalls.answered() > otherCalls.failed();
        return !isOfCaller && !isOfCall;
    }

    private synchronized boolean recordAnswer(PermittedRequest request) {
        put(request, false);
        return false;
    }

    private void put(PermittedRequest request, boolean failed) {
        var nowNanos = nanoClock.getAsLong();
        callers.record(request.caller(), failed, nowNanos);
        calls.record(request.plainHash(), failed, nowNanos);
    }

    synchronized void clear() {
        callers.clear();
        calls.clear();
    }
}
