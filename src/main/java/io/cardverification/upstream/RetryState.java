package io.cardverification.upstream;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Charge;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;

/**
 * The attempts of one call, and whether another one follows.
 *
 * <p>
 * Only an attempt that certainly cost nothing is repeated, and only as often as configured: no connection, an error response
 * about the upstream's own problems, result -17. The pacer repeats what the rate limit rejected. There is no jitter, since
 * every retry needs a permit anyway.
 *
 * <p>
 * Threads: the pacer's task owns it, whose attempts never overlap; the requests that receive its completion read it.
 */
final class RetryState {

    private final int maxRetries;
    private final Duration backoff;
    private final boolean retryUnknown;

    private int attempts;
    private int retries;
    private int unknownAttempts;
    private boolean lastUnknown;
    private boolean clockCorrected;
    private volatile boolean counted;

    RetryState(UpstreamConfig config) {
        this.maxRetries = config.retries();
        this.backoff = config.retryBackoff();
        this.retryUnknown = config.retryUnknown();
    }

    void beginAttempt() {
        attempts++;
        unknownAttempts += lastUnknown ? 1 : 0;
        lastUnknown = false;
    }

    /**
     * The attempt was not made.
     *
     * @param isLastUnknown as it was before the attempt
     */
    void undoAttempt(boolean isLastUnknown) {
        attempts--;
        unknownAttempts -= isLastUnknown ? 1 : 0;
        lastUnknown = isLastUnknown;
    }

    /** Whether the last attempt may have been charged without a response. */
    boolean isLastUnknown() {
        return lastUnknown;
    }

    int attempts() {
        return attempts;
    }

    void markCountedByBreaker() {
        counted = true;
    }

    boolean isCountedByBreaker() {
        return counted;
    }

    /** True once: a wrong clock is no fault of the request. */
    boolean tryClockCorrection() {
        var isFirst = !clockCorrected;
        clockCorrected = true;
        return isFirst;
    }

    /**
     * Uses up one retry, if one follows.
     *
     * @return the pause before it; null if none follows
     */
    @Nullable
    Duration planRetry(VerificationResult result) {
        return result.code() == ResultCode.CENTER_BUSY ? nextDelay() : null;
    }

    /**
     * Uses up one retry, if one follows.
     *
     * @return the pause before it; null if none follows
     */
    @Nullable
    Duration planRetry(VerificationFailure failure) {
        lastUnknown = failure.charge() == Charge.UNKNOWN;
        return lastUnknown ? retryUnknown ? nextDelay() : null : isTransient(failure) ? nextDelay() : null;
    }

    /** An error code that is not documented may be permanent. */
    private static boolean isTransient(VerificationFailure failure) {
        return switch (failure.reason()) {
            case UPSTREAM_UNREACHABLE, CIRCUIT_OPEN -> true;
            case UPSTREAM_FAILED, UPSTREAM_UNAVAILABLE -> failure.upstreamCode().isPresent();
            default -> false;
        };
    }

    private @Nullable Duration nextDelay() {
        return retries == maxRetries ? null : backoff.multipliedBy(1L << retries++);
    }

    ResponseMetadata metadata(Duration waited) {
        return ResponseMetadata.ofAttempts(attempts, unknownAttempts, waited);
    }
}
