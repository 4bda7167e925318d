package io.cardverification.store;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Fingerprint;

/**
 * A call whose request is about to leave.
 *
 * @param question at most one departing call exists for each
 * @param values of the request
 * @param lastFour of the card; null if it was encrypted
 * @param caller bears the charge until the call ends
 * @param chargesPerDay the limit of that caller
 * @param bypassCache whether a kept answer is not acceptable
 * @param keys of the requests that await the call
 * @param at the wall clock, which decides the day of the charge
 */
public record DepartingCall(CallId id, SharingKey question, Fingerprint values, @Nullable String lastFour, String caller,
        int chargesPerDay, boolean bypassCache, List<KeyClaim> keys, Instant at) {

    /** The same call, which another request with a key awaits. */
    public DepartingCall with(KeyClaim key) {
        return new DepartingCall(id, question, values, lastFour, caller, chargesPerDay, bypassCache,
                Stream.concat(keys.stream(), Stream.of(key)).toList(), at);
    }
}
