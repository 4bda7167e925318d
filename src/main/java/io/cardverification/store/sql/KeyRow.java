package io.cardverification.store.sql;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.CallId;
import io.cardverification.verification.Fingerprint;

/**
 * An idempotency key in the store.
 *
 * @param call the last one to which the key was bound
 * @param completion of the key, or of its call if that has ended; null if there is none
 * @param expiresMillis when the completion is no longer used
 * @param isDeparting whether the call has departed and not ended
 */
record KeyRow(Fingerprint values, CallId call, @Nullable DatedCompletion completion, long expiresMillis,
        boolean isDeparting) {

    static KeyRow of(Row row) {
        var values = row.fingerprint(0);
        var call = new CallId(row.number(1), row.number(2));
        if (!row.isNull(3)) {
            return new KeyRow(values, call, completion(row, 3, 4), row.number(5), false);
        }
        var isDeparting = !row.isNull(6) && row.isNull(8);
        // A request that joined an ended call settles its key soon. If its process died before, the call tells the completion.
        var ofCall = row.isNull(7) || row.isNull(8) ? null : completion(row, 7, 8);
        var isFinal = ofCall != null && ofCall.completion().isFinal();
        return new KeyRow(values, call, isFinal ? ofCall : null, Long.MAX_VALUE, isDeparting);
    }

    private static DatedCompletion completion(Row row, int text, int millis) {
        return new DatedCompletion(CompletionText.decode(row.text(text)), row.number(millis));
    }

    /** The completion, if it has not expired. */
    Optional<DatedCompletion> completion(long nowMillis) {
        return expiresMillis > nowMillis ? Optional.ofNullable(completion) : Optional.empty();
    }

    /** Whether the key binds no request any more. */
    boolean isFree(long nowMillis) {
        return !isDeparting && completion(nowMillis).isEmpty();
    }
}
