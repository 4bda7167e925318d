package io.cardverification.tencentcloud.encryption;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import javax.crypto.Cipher;

/**
 * Key transport: encrypts the symmetric key by RSA with PKCS#1 v1.5 padding for AES, by SM2 as C1C3C2 for SM4. Threads:
 * stateless.
 */
final class KeyWrap {

    private static final String RSA = "RSA/ECB/PKCS1Padding";

    private KeyWrap() {
    }

    /** Wraps with a public key of one kind. */
    interface Wrapping {
        byte[] wrap(byte[] key, SecureRandom random) throws GeneralSecurityException;
    }

    /** Unwraps with a private key of one kind. */
    interface Unwrapping {
        byte[] unwrap(byte[] blob) throws GeneralSecurityException;
    }

    /**
     * @param publicKey PEM or its bare Base64: X.509 for either kind, or PKCS#1 ({@code RSA PUBLIC KEY}) for RSA
     * @throws IllegalArgumentException if the text is not such a key
     */
    static Wrapping wrapping(FieldCipher cipher, String publicKey) {
        try {
            var der = der(publicKey);
            return cipher == FieldCipher.SM4_GCM ? Sm2.wrapping(der) : rsa(rsaPublicKey(der));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IllegalArgumentException("must be a public key for " + cipher + ", "
                    + (cipher == FieldCipher.SM4_GCM ? "SM2" : "RSA") + " in PEM or as its Base64", e);
        }
    }

    /** @param privateKey PKCS#8 in Base64 */
    static Unwrapping unwrapping(FieldCipher cipher, String privateKey) {
        try {
            var der = der(privateKey);
            return cipher == FieldCipher.SM4_GCM ? Sm2.unwrapping(der)
                    : rsa(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("must be a private key for " + cipher, e);
        }
    }

    /** JSON and environment files write a line break as the two characters {@code \n}, so these are removed. */
    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replace("\\n", "").replaceAll("-----[A-Z ]+-----", ""));
    }

    private static PublicKey rsaPublicKey(byte[] der) throws GeneralSecurityException {
        var keys = KeyFactory.getInstance("RSA");
        try {
            return keys.generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            return keys.generatePublic(Pkcs1.publicKey(der));
        }
    }

    private static Wrapping rsa(PublicKey publicKey) {
        return (key, random) -> {
            var cipher = Cipher.getInstance(RSA);
            cipher.init(Cipher.ENCRYPT_MODE, publicKey, random);
            return cipher.doFinal(key);
        };
    }

    private static Unwrapping rsa(PrivateKey privateKey) {
        return blob -> {
            var cipher = Cipher.getInstance(RSA);
            cipher.init(Cipher.DECRYPT_MODE, privateKey);
            return cipher.doFinal(blob);
        };
    }
}
