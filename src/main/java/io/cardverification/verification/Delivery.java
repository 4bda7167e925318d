package io.cardverification.verification;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How an answer, or the lack of one, came to one caller.
 *
 * @param waited how long this caller waited for the request to be sent, or for nothing
 * @param attempts how often it was tried to send it
 * @param unknownAttempts how many of those before the last one may have been charged without an answer: more than 0 only where
 *        the operator lets such be sent again
 * @param shared whether another request, of this caller or of another, was told of this same answer and its charge, and before
 *        this one
 * @param age since the answer came, where it was kept from an earlier question; null where it is this question's own
 */
public record Delivery(Duration waited, int attempts, int unknownAttempts, boolean shared, @Nullable Duration age) {

    /** Nobody has waited for anything yet. */
    public static final Delivery NONE = new Delivery(Duration.ZERO, 0, 0, false, null);

    public Delivery waited(Duration waited) {
        return new Delivery(waited, attempts, unknownAttempts, shared, age);
    }

    public Delivery tried(int attempts, int unknownAttempts) {
        return new Delivery(waited, attempts, unknownAttempts, shared, age);
    }

    public Delivery asShared() {
        return new Delivery(waited, attempts, unknownAttempts, true, age);
    }

    /** Of an answer that was kept: nothing was waited for. */
    public Delivery reused(Duration age) {
        return new Delivery(Duration.ZERO, attempts, unknownAttempts, shared, age);
    }

    /** Present where the answer was kept from an earlier question, and then how old it is. */
    public Optional<Duration> reusedAfter() {
        return Optional.ofNullable(age);
    }

    /**
     * What all attempts together cost, as far as can be known.
     *
     * @param last what the last one cost
     */
    Charge charge(Charge last) {
        return unknownAttempts > 0 && last != Charge.CHARGED ? Charge.UNKNOWN : last;
    }
}
