package io.cardverification.tencentcloud.encryption;

import java.security.spec.RSAPublicKeySpec;

import org.bouncycastle.asn1.pkcs.RSAPublicKey;

/** Parses RSA public keys in PKCS#1, which Java does not support. A separate class for the reason given at {@link Sm4}. */
final class Pkcs1 {

    private Pkcs1() {
    }

    /** @throws IllegalArgumentException if the bytes are not such a key */
    static RSAPublicKeySpec publicKey(byte[] der) {
        var key = RSAPublicKey.getInstance(der);
        return new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
    }
}
