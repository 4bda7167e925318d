package io.cardverification.callers;

import io.cardverification.verification.Caller;

/**
 * The credentials that this gateway has issued to a caller for the Tencent Cloud API.
 *
 * @param caller the owner of the credentials
 */
public record SdkCredentials(Caller caller, String secretId, String secretKey) {

    @Override
    public String toString() {
        return "KeyPair[" + caller.name() + "]";
    }
}
