package io.cardverification.tencentcloud;

/** A known key pair, ready to check signatures of both versions. Threads: any. */
record VerificationKey(Credentials credentials, SigningKeys signingKeys) {

    static VerificationKey of(Credentials credentials) {
        return new VerificationKey(credentials, new SigningKeys(credentials.secretKey()));
    }

    @Override
    public String toString() {
        return "VerificationKey[*]";
    }
}
