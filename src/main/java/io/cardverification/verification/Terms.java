package io.cardverification.verification;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * On which terms a caller waits.
 *
 * @param lane one of the caller's
 * @param caller whose part of the limit it takes
 * @param maxWait how long the caller is willing to wait for the request to be sent, zero or more, bounded by configuration;
 *        null for as long as configuration allows
 * @param fresh whether an answer that was kept from an earlier question will not do
 * @param idempotencyKey the caller's name for this question, by which it may ask again and pays once; null for none
 */
public record Terms(Lane lane, Caller caller, @Nullable Duration maxWait, boolean fresh, @Nullable String idempotencyKey) {

    /** Whatever is kept will do, and asking again is asking anew. */
    public Terms(Lane lane, Caller caller, @Nullable Duration maxWait) {
        this(lane, caller, maxWait, false, null);
    }
}
