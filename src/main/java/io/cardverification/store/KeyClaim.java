package io.cardverification.store;

import io.cardverification.verification.Fingerprint;

/**
 * An idempotency key and the values of its request.
 *
 * @param key of the caller and its key
 * @param values of the request; the same key with other values is rejected
 */
public record KeyClaim(String caller, Fingerprint key, Fingerprint values) {
}
