package io.cardverification.verification;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.cardverification.label.KebabCase;

/**
 * Why a verification has no result, what it cost, and what the caller can do. An immutable value.
 *
 * <p>
 * It contains codes and durations only, and no text of the upstream or of the caller. So it may be shown and logged.
 */
public final class VerificationFailure implements Completion {

    /** The cause, with the charge and the pause that it implies. */
    public enum Reason {
        /** The wait would exceed the maximum. */
        QUEUE_FULL(Charge.NOT_SENT),
        /** The caller has reached its limit of concurrent requests. The pause is an estimate. */
        CONCURRENCY_LIMIT_EXCEEDED(Charge.NOT_SENT, 1),
        /** The caller has reached its limit of charges in a day. */
        DAILY_LIMIT_EXCEEDED(Charge.NOT_SENT),
        /** The circuit breaker is open, since too many requests failed. A probe usually ends within a second. */
        CIRCUIT_OPEN(Charge.NOT_SENT, 1),
        /** An earlier request with the same idempotency key had other values. The caller needs a new key. */
        IDEMPOTENCY_KEY_REUSED(Charge.NOT_SENT),
        /** The store of idempotency keys is full, so the gateway could not prevent a second charge. */
        IDEMPOTENCY_STORE_FULL(Charge.NOT_SENT),
        /** The ledger cannot be written. The pause is an estimate: by then it is written again, or the alert has fired. */
        LEDGER_UNAVAILABLE(Charge.NOT_SENT, 5),
        /** The store cannot be written, so the gateway could not prevent a second charge. The pause is an estimate. */
        STORE_UNAVAILABLE(Charge.NOT_SENT, 5),
        /** This process stops. After the pause another one answers. */
        SHUTTING_DOWN(Charge.NOT_SENT),
        /** The caller disconnected before the request was sent. */
        CALLER_DISCONNECTED(Charge.NOT_SENT),
        /** There was no connection to the upstream. */
        UPSTREAM_UNREACHABLE(Charge.NOT_SENT),
        /** The request may have been sent, and no usable response came. The caller must look it up before it sends it again. */
        UPSTREAM_TIMEOUT(Charge.UNKNOWN),
        /** The request was sent, and the response was invalid. As {@link #UPSTREAM_TIMEOUT}. */
        UPSTREAM_INVALID_RESPONSE(Charge.UNKNOWN),
        /** The gateway ended after the request may have been sent. As {@link #UPSTREAM_TIMEOUT}. */
        INTERRUPTED(Charge.UNKNOWN),
        /** Encryption is configured, and only some values are encrypted, or a ciphertext is incomplete. */
        PARTIAL_ENCRYPTION(Charge.NOT_SENT),
        /** The upstream rejected the values. The caller must correct them. */
        INPUT_REFUSED(Charge.FREE),
        /** The upstream's rate limit rejected the request. Its window is a second. */
        LIMIT_EXCEEDED(Charge.FREE, 1),
        /** The upstream failed. The caller may try again. */
        UPSTREAM_FAILED(Charge.FREE),
        /** The upstream is temporarily unavailable. The pause is an estimate, since the documentation names none. */
        UPSTREAM_UNAVAILABLE(Charge.FREE, 5),
        /** The gateway's keys, clock or rights are wrong. The operator must act. */
        CREDENTIALS_REFUSED(Charge.FREE),
        /** The company's account is in arrears, not activated or out of quota. The owner of the account must act. */
        ACCOUNT_REFUSED(Charge.FREE),
        /** The upstream does not accept the gateway's protocol. The developers must act. */
        PROTOCOL_REFUSED(Charge.FREE);

        private final Charge charge;
        private final @Nullable Duration retryAfter;

        Reason(Charge charge) {
            this.charge = charge;
            this.retryAfter = null;
        }

        Reason(Charge charge, int retryAfterSeconds) {
            this.charge = charge;
            this.retryAfter = Duration.ofSeconds(retryAfterSeconds);
        }

        /** For metrics, traces, the ledger and problem types, such as {@code queue-full}. */
        public String label() {
            return KebabCase.of(this);
        }
    }

    private final Reason reason;
    private final Charge charge;
    private final @Nullable Duration retryAfter;
    private final @Nullable String upstreamCode;
    private final @Nullable String requestId;
    private final ResponseMetadata metadata;

    private VerificationFailure(Reason reason, Charge charge, @Nullable Duration retryAfter, @Nullable String upstreamCode,
            @Nullable String requestId, ResponseMetadata metadata) {
        this.reason = reason;
        this.charge = charge;
        this.retryAfter = retryAfter;
        this.upstreamCode = upstreamCode;
        this.requestId = requestId;
        this.metadata = metadata;
    }

    /** With the charge and the pause of the reason. */
    public static VerificationFailure of(Reason reason) {
        return new VerificationFailure(reason, reason.charge, reason.retryAfter, null, null, ResponseMetadata.NONE);
    }

    /**
     * A rejection by the gateway, which sent nothing.
     *
     * @param upstreamCode the upstream's error code that caused it, if any
     */
    public static VerificationFailure notSent(Reason reason, Duration retryAfter, @Nullable String upstreamCode) {
        return new VerificationFailure(reason, Charge.NOT_SENT, retryAfter, upstreamCode, null, ResponseMetadata.NONE);
    }

    /** A rejection by the gateway, which sent nothing. */
    public static VerificationFailure notSent(Reason reason, Duration retryAfter) {
        return notSent(reason, retryAfter, null);
    }

    /**
     * An error response of the upstream, which has no result and therefore no charge.
     *
     * @param upstreamCode such as {@code FailedOperation.UnKnown}; null for a code that is not documented and has no documented
     *        prefix
     */
    public static VerificationFailure byUpstream(Reason reason, @Nullable String upstreamCode, String requestId) {
        return new VerificationFailure(reason, reason.charge, reason.retryAfter, upstreamCode, requestId,
                ResponseMetadata.NONE);
    }

    @Override
    public VerificationFailure with(ResponseMetadata metadata) {
        return new VerificationFailure(reason, charge, retryAfter, upstreamCode, requestId, metadata);
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public Charge charge() {
        return metadata.charge(charge);
    }

    @Override
    public ResponseMetadata metadata() {
        return metadata;
    }

    @Override
    public String label() {
        return reason.label();
    }

    /** Present if the upstream sent a documented error code or a sub-code of one. */
    public Optional<String> upstreamCode() {
        return Optional.ofNullable(upstreamCode);
    }

    /** Present if the upstream sent an error response. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * The pause before the caller should try again; empty if the gateway cannot estimate it, or if time alone does not help.
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public <T> T fold(Function<? super VerificationResult, ? extends T> onResult,
            Function<? super VerificationFailure, ? extends T> onFailure) {
        return onFailure.apply(this);
    }

    /** The reason and the upstream's code. */
    @Override
    public String toString() {
        return upstreamCode == null ? reason.name() : reason + " " + upstreamCode;
    }
}
