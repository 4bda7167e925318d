package io.cardverification.upstream;

import java.time.Duration;
import java.util.Optional;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Delivery;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;

/**
 * What has been tried for one question, and whether to try again.
 *
 * <p>
 * Again only what is proven to have cost nothing, and only as often as is configured: never connected, an error envelope of
 * the upstream's own trouble, result -17. The limit's refusals are the pacer's. Without jitter, since all who come back queue
 * for a permit anyway.
 *
 * <p>
 * Threads: the turn owns it, whose attempts never overlap; it is read by those whom the turn tells.
 */
final class Attempts {

    private final int most;
    private final Duration backoff;
    private final boolean retryUnknown;

    private int tried;
    private int retried;
    private int unknown;
    private boolean lastUnknown;
    private boolean corrected;
    private volatile boolean counted;

    Attempts(UpstreamConfig config) {
        this.most = config.retries();
        this.backoff = config.retryBackoff();
        this.retryUnknown = config.retryUnknown();
    }

    void begin() {
        tried++;
        unknown += lastUnknown ? 1 : 0;
        lastUnknown = false;
    }

    /** How often it has been begun. */
    int tried() {
        return tried;
    }

    /** The circuit breaker has counted this question. */
    void count() {
        counted = true;
    }

    boolean isCounted() {
        return counted;
    }

    /** A wrong clock gives a question another turn once. */
    boolean correct() {
        var first = !corrected;
        corrected = true;
        return first;
    }

    /** @return how long to rest before the next attempt; empty for none */
    Optional<Duration> after(VerificationResult result) {
        return result.code() == ResultCode.CENTER_BUSY ? again() : Optional.empty();
    }

    /** @return how long to rest before the next attempt; empty for none */
    Optional<Duration> after(VerificationFailure failure) {
        if (failure.charge() == Charge.UNKNOWN) {
            lastUnknown = true;
            return retryUnknown ? again() : Optional.empty();
        }
        return isTransient(failure) ? again() : Optional.empty();
    }

    /** What is no documented code may be no passing trouble, either. */
    private static boolean isTransient(VerificationFailure failure) {
        return switch (failure.reason()) {
            case UPSTREAM_UNREACHABLE, CIRCUIT_OPEN -> true;
            case UPSTREAM_FAILED, UPSTREAM_UNAVAILABLE -> failure.upstreamCode().isPresent();
            default -> false;
        };
    }

    private Optional<Duration> again() {
        return retried == most ? Optional.empty() : Optional.of(backoff.multipliedBy(1L << retried++));
    }

    /** Of how the last attempt ended. */
    Delivery delivery(Duration waited) {
        return Delivery.NONE.waited(waited).tried(tried, unknown);
    }
}
