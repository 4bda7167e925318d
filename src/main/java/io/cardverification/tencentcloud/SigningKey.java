package io.cardverification.tencentcloud;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Step 3 of the signature: the key of one scope, and what it signs. Threads: immutable. */
final class SigningKey {

    private final CredentialScope scope;
    private final byte[] secretSigning;

    private SigningKey(CredentialScope scope, byte[] secretSigning) {
        this.scope = scope;
        this.secretSigning = secretSigning;
    }

    static SigningKey derive(String secretKey, CredentialScope scope) {
        return derive(("TC3" + secretKey).getBytes(StandardCharsets.UTF_8), scope);
    }

    /** @param prefixed the secret key behind its {@code TC3}; apart, so that a diagnosis can try what others forget */
    static SigningKey derive(byte[] prefixed, CredentialScope scope) {
        return new SigningKey(scope, secretSigning(secretService(secretDate(prefixed, scope), scope)));
    }

    static byte[] secretDate(byte[] prefixed, CredentialScope scope) {
        return Digests.hmacSha256(prefixed, scope.date().toString());
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

    /** In constant time. */
    boolean hasSigned(StringToSign stringToSign, String claimed) {
        return MessageDigest.isEqual(Digests.utf8(signature(stringToSign)), Digests.utf8(claimed));
    }

    String signature(String stringToSign) {
        return Digests.hex(Digests.hmacSha256(secretSigning, stringToSign));
    }
}
