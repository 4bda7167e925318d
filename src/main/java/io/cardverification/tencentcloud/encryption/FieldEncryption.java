package io.cardverification.tencentcloud.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Encrypts the fields of one request with a new key and a new initialization vector.
 *
 * <p>
 * All fields of a request share both, under GCM too, because the API has room for one of each. Neither is used again.
 *
 * <p>
 * Threads: any. Never blocks: costs an RSA or SM2 encryption, at most a millisecond or two.
 */
public final class FieldEncryption {

    private final FieldCipher cipher;
    private final KeyWrap.Wrapping wrapping;
    private final SecureRandom random;

    /**
     * @param publicKey of the receiver: RSA for AES and SM2 for SM4, in PEM or its bare Base64
     * @throws IllegalArgumentException if the text is not such a key; the message is the rule
     */
    public FieldEncryption(FieldCipher cipher, String publicKey, SecureRandom random) {
        this.cipher = cipher;
        this.wrapping = KeyWrap.wrapping(cipher, publicKey);
        this.random = random;
    }

    public EncryptedFields encrypt(List<String> fields) {
        var key = bytes(cipher.keyBytes());
        var iv = bytes(cipher.ivBytes());
        var ciphertexts = new ArrayList<String>();
        var tags = new ArrayList<String>();
        try {
            for (var field : fields) {
                var sealed = cipher.seal(field.getBytes(StandardCharsets.UTF_8), key, iv);
                ciphertexts.add(base64(sealed.ciphertext()));
                if (cipher.hasTag()) {
                    tags.add(base64(sealed.tag()));
                }
            }
            return new EncryptedFields(ciphertexts, base64(wrapping.wrap(key, random)), base64(iv), cipher.toString(), tags);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a good public key encrypts everything", e);
        }
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
