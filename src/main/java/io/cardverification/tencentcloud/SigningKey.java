package io.cardverification.tencentcloud;

import javax.crypto.Mac;

/** Step 3 of the signature: the key of one scope, and its signatures. Threads: any; each has its own MAC. */
final class SigningKey {

    private final CredentialScope scope;

    /** Finding a provider and initialising the key costs as much as signing. */
    private final ThreadLocal<Mac> mac;

    private SigningKey(CredentialScope scope, byte[] secretSigning) {
        this.scope = scope;
        this.mac = ThreadLocal.withInitial(() -> Digests.initializedMac(Digests.HMAC_SHA256, secretSigning));
    }

    static SigningKey derive(String secretKey, CredentialScope scope) {
        return derive(Digests.utf8("TC3" + secretKey), scope);
    }

    /** @param prefixed {@code TC3} and the secret key; a parameter, so that the diagnosis can try a key without the prefix */
    static SigningKey derive(byte[] prefixed, CredentialScope scope) {
        return new SigningKey(scope, secretSigning(secretService(secretDate(prefixed, scope), scope)));
    }

    static byte[] secretDate(byte[] prefixed, CredentialScope scope) {
        return Digests.hmacSha256(prefixed, scope.date());
    }

    static byte[] secretService(byte[] secretDate, CredentialScope scope) {
        return Digests.hmacSha256(secretDate, scope.service());
    }

    static byte[] secretSigning(byte[] secretService) {
        return Digests.hmacSha256(secretService, CredentialScope.TERMINATOR);
    }

    CredentialScope scope() {
        return scope;
    }

    String signature(StringToSign stringToSign) {
        return signature(stringToSign.text());
    }

    String signature(String stringToSign) {
        return Digests.hex(mac.get().doFinal(Digests.utf8(stringToSign)));
    }

    /** Compares in constant time. */
    boolean hasSigned(StringToSign stringToSign, String claimed) {
        return Digests.constantTimeEquals(signature(stringToSign), claimed);
    }
}
