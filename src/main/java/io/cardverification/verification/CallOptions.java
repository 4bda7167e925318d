package io.cardverification.verification;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The options of one request.
 *
 * @param lane one of the caller's
 * @param caller the owner of the request
 * @param maxWait the longest wait until the request is sent, zero or more, limited by configuration; null for the configured
 *        maximum
 * @param bypassCache whether cached answers are not acceptable
 * @param idempotencyKey identifies the question of the caller, so that a repeated request is charged once; null for none
 */
public record CallOptions(Lane lane, Caller caller, @Nullable Duration maxWait, boolean bypassCache,
        @Nullable String idempotencyKey) {

    /** Accepts cached answers, without an idempotency key. */
    public CallOptions(Lane lane, Caller caller, @Nullable Duration maxWait) {
        this(lane, caller, maxWait, false, null);
    }
}
