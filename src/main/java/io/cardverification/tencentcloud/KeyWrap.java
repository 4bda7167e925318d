package io.cardverification.tencentcloud;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import javax.crypto.Cipher;

import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * How the symmetric key travels: RSA with PKCS#1 v1.5 padding for AES, SM2 as C1C3C2 for SM4. Threads: stateless.
 *
 * <p>
 * SM2 goes by BouncyCastle's own engine and not by its provider, which has no name for the order C1C3C2. Nothing
 * registers the provider: it would cost every start the time to list all that it has, and a native image the room for it.
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
     * @throws IllegalArgumentException where it is no such key
     */
    static Wrapping wrapping(FieldCipher cipher, String publicKey) {
        try {
            var der = der(publicKey);
            return cipher == FieldCipher.SM4_GCM ? sm2(PublicKeyFactory.createKey(der)) : rsa(rsaPublicKey(der));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IllegalArgumentException("must be a public key for " + cipher + ", "
                    + (cipher == FieldCipher.SM4_GCM ? "SM2" : "RSA") + " in PEM or as its Base64", e);
        }
    }

    /** @param privateKey PKCS#8 in Base64 */
    static Unwrapping unwrapping(FieldCipher cipher, String privateKey) {
        try {
            var der = der(privateKey);
            return cipher == FieldCipher.SM4_GCM ? sm2((ECPrivateKeyParameters) PrivateKeyFactory.createKey(der))
                    : rsa(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("must be a private key for " + cipher, e);
        }
    }

    /** Line breaks may come as the two characters that JSON and environment files write for them. */
    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replace("\\n", "").replaceAll("-----[A-Z ]+-----", ""));
    }

    private static PublicKey rsaPublicKey(byte[] der) throws GeneralSecurityException {
        var keys = KeyFactory.getInstance("RSA");
        try {
            return keys.generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            var pkcs1 = RSAPublicKey.getInstance(der);
            return keys.generatePublic(new RSAPublicKeySpec(pkcs1.getModulus(), pkcs1.getPublicExponent()));
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

    private static Wrapping sm2(Object publicKey) {
        var parameters = (ECPublicKeyParameters) publicKey;
        return (key, random) -> {
            var engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
            engine.init(true, new ParametersWithRandom(parameters, random));
            return processed(engine, key);
        };
    }

    private static Unwrapping sm2(ECPrivateKeyParameters privateKey) {
        return blob -> {
            var engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
            engine.init(false, privateKey);
            return processed(engine, blob);
        };
    }

    private static byte[] processed(SM2Engine engine, byte[] in) throws GeneralSecurityException {
        try {
            return engine.processBlock(in, 0, in.length);
        } catch (InvalidCipherTextException | RuntimeException e) { // garbage is no point of the curve, which it says so
            throw new GeneralSecurityException(e);
        }
    }
}
