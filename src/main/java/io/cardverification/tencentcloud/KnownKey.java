package io.cardverification.tencentcloud;

/** A key pair that is known here, ready to check signatures of both versions. Threads: any. */
record KnownKey(Credentials credentials, SigningKeys signingKeys) {

    static KnownKey of(Credentials credentials) {
        return new KnownKey(credentials, new SigningKeys(credentials.secretKey()));
    }

    @Override
    public String toString() {
        return "KnownKey[*]";
    }
}
