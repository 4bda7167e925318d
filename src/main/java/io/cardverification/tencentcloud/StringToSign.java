package io.cardverification.tencentcloud;

/**
 * Step 2 of the signature: the input of the signing key.
 *
 * @param timestamp UNIX seconds, exactly as in {@code X-TC-Timestamp}
 * @param canonicalHash lower-case hex of the SHA-256 of the canonical request
 */
record StringToSign(long timestamp, CredentialScope scope, String canonicalHash) {

    static final String ALGORITHM = "TC3-HMAC-SHA256";

    String text() {
        return ALGORITHM + "\n" + timestamp + "\n" + scope + "\n" + canonicalHash;
    }
}
