package io.cardverification.callers;

import io.cardverification.verification.Caller;

/**
 * What this gateway has issued to a caller for the SDK door.
 *
 * @param caller whom it was issued to
 */
public record SdkCredentials(Caller caller, String secretId, String secretKey) {

    @Override
    public String toString() {
        return "KeyPair[" + caller.name() + "]";
    }
}
