package io.cardverification.verification;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How a completion reached one caller.
 *
 * @param waited the time from the caller's request to the permit, or to the rejection
 * @param attempts the number of attempts to send the request
 * @param unknownAttempts the number of attempts before the last one that may have been charged without a response; above zero
 *        only if the operator allows such a request to be sent again
 * @param shared whether another request received this response and its charge first
 * @param age the time since the response arrived, if the cache or the idempotency store kept it; null otherwise
 * @param initiator the caller whose request opened the call to the upstream; null if this caller's request did. For the ledger
 *        only.
 */
public record ResponseMetadata(Duration waited, int attempts, int unknownAttempts, boolean shared, @Nullable Duration age,
        @Nullable String initiator) {

    /** No wait and no attempt. */
    public static final ResponseMetadata NONE = ofAttempts(0, 0, Duration.ZERO);

    public static ResponseMetadata ofAttempts(int attempts, int unknownAttempts, Duration waited) {
        return new ResponseMetadata(waited, attempts, unknownAttempts, false, null, null);
    }

    public static ResponseMetadata ofWait(Duration waited) {
        return ofAttempts(0, 0, waited);
    }

    public ResponseMetadata asShared() {
        return new ResponseMetadata(waited, attempts, unknownAttempts, true, age, initiator);
    }

    public ResponseMetadata withInitiator(String initiator) {
        return new ResponseMetadata(waited, attempts, unknownAttempts, shared, age, initiator);
    }

    /** Of a response that was kept: this caller did not wait, and bears no charge. */
    public ResponseMetadata reused(Duration age) {
        return new ResponseMetadata(Duration.ZERO, attempts, unknownAttempts, false, age, null);
    }

    /** The age of a response that was kept from an earlier request; empty for other responses. */
    public Optional<Duration> reusedAfter() {
        return Optional.ofNullable(age);
    }

    /**
     * The charge of all attempts together.
     *
     * @param last the charge of the last attempt
     */
    Charge charge(Charge last) {
        return unknownAttempts > 0 && last != Charge.CHARGED ? Charge.UNKNOWN : last;
    }
}
