package io.cardverification.tencentcloud.encryption;

import java.security.spec.RSAPublicKeySpec;

import org.bouncycastle.asn1.pkcs.RSAPublicKey;

/** The older form of RSA's public keys, which Java does not read. A class of its own for the reason of {@link Sm4}. */
final class Pkcs1 {

    private Pkcs1() {
    }

    /** @throws IllegalArgumentException where it is no such key */
    static RSAPublicKeySpec publicKey(byte[] der) {
        var key = RSAPublicKey.getInstance(der);
        return new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
    }
}
