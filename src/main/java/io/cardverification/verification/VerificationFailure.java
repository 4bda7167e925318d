package io.cardverification.verification;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer, what that cost, and what may be done about it.
 *
 * <p>
 * Carries codes and durations only, never text of the upstream's or of the caller's, so it may be shown and logged.
 * Without stack trace or cause: it is a value that travels, and causes quote what they choke on.
 */
public final class VerificationFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A guess: by then the ledger is written again, or the alert has fired. */
    private static final Duration LEDGER_RETRY_AFTER = Duration.ofSeconds(5);

    /** What may be done about it. */
    public enum Reason {
        /** The wait would be longer than allowed: come back after {@link #retryAfter()}. */
        QUEUE_FULL,
        /** The caller has as many waiting as it may: come back after {@link #retryAfter()}. */
        CONCURRENCY_LIMIT_EXCEEDED,
        /** The caller has spent what it may in a day: come back after {@link #retryAfter()}. */
        DAILY_LIMIT_EXCEEDED,
        /** The upstream has failed so often lately that nothing is sent: come back after {@link #retryAfter()}. */
        CIRCUIT_OPEN,
        /** The idempotency key came with another question before: use a new key for a new question. */
        IDEMPOTENCY_KEY_REUSED,
        /** No more idempotency keys can be kept: come back after {@link #retryAfter()}. */
        IDEMPOTENCY_STORE_FULL,
        /** The ledger cannot be written, so nothing is sent: come back after {@link #retryAfter()}. */
        LEDGER_UNAVAILABLE,
        /** This gateway stops: come back after {@link #retryAfter()}, and another one will be there. */
        SHUTTING_DOWN,
        /** No connection: come back later. */
        UPSTREAM_UNREACHABLE,
        /** Sent, and no answer in time: find out by other means before asking again, since it may have been charged. */
        UPSTREAM_TIMEOUT,
        /** Sent, and answered with something that is no answer: as {@link #UPSTREAM_TIMEOUT}. */
        UPSTREAM_INVALID_RESPONSE,
        /** Some values came encrypted and others plain, and this gateway lets no plain one out: encrypt all or none. */
        PARTIAL_ENCRYPTION,
        /** The values were refused: correct them. */
        INPUT_REFUSED,
        /** The upstream counted too many requests: come back after {@link #retryAfter()}. */
        LIMIT_EXCEEDED,
        /** The upstream failed: may be tried again. */
        UPSTREAM_FAILED,
        /** The upstream is unavailable for now: come back after {@link #retryAfter()}. */
        UPSTREAM_UNAVAILABLE,
        /** The gateway's keys, clock or rights are wrong: its operator must act. */
        CREDENTIALS_REFUSED,
        /** The company's account is in arrears, not activated or out of quota: its owner must act. */
        ACCOUNT_REFUSED,
        /** The upstream does not accept what the gateway speaks: its developers must act. */
        PROTOCOL_REFUSED;

        /** For metrics and traces: such as {@code queue-full}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;
    private final Charge charge;
    private final @Nullable String upstreamCode;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;
    private final Delivery delivery;

    private VerificationFailure(Reason reason, Charge charge, @Nullable String upstreamCode, @Nullable String requestId,
            @Nullable Duration retryAfter) {
        this(reason, charge, upstreamCode, requestId, retryAfter, Delivery.NONE);
    }

    private VerificationFailure(Reason reason, Charge charge, @Nullable String upstreamCode, @Nullable String requestId,
            @Nullable Duration retryAfter, Delivery delivery) {
        super(upstreamCode == null ? reason.name() : reason + " " + upstreamCode, null, false, false);
        this.reason = reason;
        this.charge = charge;
        this.upstreamCode = upstreamCode;
        this.requestId = requestId;
        this.retryAfter = retryAfter;
        this.delivery = delivery;
    }

    /** Nothing was sent, since the wait would have been too long. */
    public static VerificationFailure queueFull(Duration retryAfter) {
        return new VerificationFailure(Reason.QUEUE_FULL, Charge.NOT_SENT, null, null, retryAfter);
    }

    /**
     * Nothing was sent, since the upstream counts too many requests whoever sends them.
     *
     * @param upstreamCode what it said last
     */
    public static VerificationFailure lockedOut(@Nullable String upstreamCode, Duration retryAfter) {
        return new VerificationFailure(Reason.LIMIT_EXCEEDED, Charge.NOT_SENT, upstreamCode, null, retryAfter);
    }

    /** Nothing was sent, since the caller has as many waiting as it may. */
    public static VerificationFailure callerQueueFull(Duration retryAfter) {
        return new VerificationFailure(Reason.CONCURRENCY_LIMIT_EXCEEDED, Charge.NOT_SENT, null, null, retryAfter);
    }

    /** Nothing was sent, since the caller has spent what it may in a day. */
    public static VerificationFailure dailyLimitSpent(Duration retryAfter) {
        return new VerificationFailure(Reason.DAILY_LIMIT_EXCEEDED, Charge.NOT_SENT, null, null, retryAfter);
    }

    /** Nothing was sent, since the upstream has failed too often lately. */
    public static VerificationFailure circuitOpen(Duration retryAfter) {
        return new VerificationFailure(Reason.CIRCUIT_OPEN, Charge.NOT_SENT, null, null, retryAfter);
    }

    /** Nothing was sent, since it is not clear what is asked. */
    public static VerificationFailure keyReused() {
        return new VerificationFailure(Reason.IDEMPOTENCY_KEY_REUSED, Charge.NOT_SENT, null, null, null);
    }

    /** Nothing was sent, since it could not be seen to that it is sent once only. */
    public static VerificationFailure keysFull(Duration retryAfter) {
        return new VerificationFailure(Reason.IDEMPOTENCY_STORE_FULL, Charge.NOT_SENT, null, null, retryAfter);
    }

    /** Nothing was sent, since its charge could not be written down. */
    public static VerificationFailure ledgerUnavailable() {
        return new VerificationFailure(Reason.LEDGER_UNAVAILABLE, Charge.NOT_SENT, null, null, LEDGER_RETRY_AFTER);
    }

    /** Nothing was sent, since this gateway stops. */
    public static VerificationFailure shuttingDown(Duration retryAfter) {
        return new VerificationFailure(Reason.SHUTTING_DOWN, Charge.NOT_SENT, null, null, retryAfter);
    }

    /** Nothing was sent, since a plain value would have crossed the wire. */
    public static VerificationFailure partlyEncrypted() {
        return new VerificationFailure(Reason.PARTIAL_ENCRYPTION, Charge.NOT_SENT, null, null, null);
    }

    /** Nothing was sent, since there was no connection. */
    public static VerificationFailure unreachable() {
        return new VerificationFailure(Reason.UPSTREAM_UNREACHABLE, Charge.NOT_SENT, null, null, null);
    }

    /** It was sent; whether it was charged cannot be known. */
    public static VerificationFailure silent() {
        return new VerificationFailure(Reason.UPSTREAM_TIMEOUT, Charge.UNKNOWN, null, null, null);
    }

    /** Something came back that is no answer; whether it was charged cannot be known. */
    public static VerificationFailure nonsense() {
        return new VerificationFailure(Reason.UPSTREAM_INVALID_RESPONSE, Charge.UNKNOWN, null, null, null);
    }

    /**
     * The upstream refused by an error envelope, which carries no result and so no charge.
     *
     * @param upstreamCode such as {@code FailedOperation.UnKnown}; null for one that neither is documented nor begins with one
     *        that is
     */
    public static VerificationFailure refused(Reason reason, @Nullable String upstreamCode, String requestId,
            @Nullable Duration retryAfter) {
        return new VerificationFailure(reason, Charge.FREE, upstreamCode, requestId, retryAfter);
    }

    public VerificationFailure delivered(Delivery delivery) {
        return new VerificationFailure(reason, charge, upstreamCode, requestId, retryAfter, delivery);
    }

    public Reason reason() {
        return reason;
    }

    /** What it cost, all attempts together. */
    public Charge charge() {
        return delivery.charge(charge);
    }

    /** Present where the upstream refused by a documented code, or by a sub-code of one. */
    public Optional<String> upstreamCode() {
        return Optional.ofNullable(upstreamCode);
    }

    /** Present where the upstream refused. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** How long a caller had better wait before it asks again; empty where time alone does not help. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public Delivery delivery() {
        return delivery;
    }
}
