package io.cardverification.tencentcloud.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Decrypts the output of {@link FieldEncryption} and of the official encryption SDKs. Threads: any. */
public final class FieldDecryption {

    /** The text was encrypted for another key, was modified, or is not a ciphertext. */
    public static final class DecryptionException extends Exception {

        private static final long serialVersionUID = 1;

        DecryptionException() {
            super("not encrypted for this key, or changed", null, false, false);
        }
    }

    private final Map<FieldCipher, String> privateKeys;
    /** Created on first use of each cipher, so that BouncyCastle loads only if needed (see {@link Sm4}). */
    private final Map<FieldCipher, KeyWrap.Unwrapping> unwrappings = new ConcurrentHashMap<>();

    /** @param privateKeys in PKCS#8 as Base64, by the cipher whose keys they decrypt */
    public FieldDecryption(Map<FieldCipher, String> privateKeys) {
        this.privateKeys = Map.copyOf(privateKeys);
    }

    /**
     * @return the plain fields, in the same order
     * @throws IllegalArgumentException if the private key does not fit the cipher
     */
    public List<String> decrypt(FieldCipher cipher, EncryptedFields encrypted) throws DecryptionException {
        var privateKey = privateKeys.get(cipher);
        if (privateKey == null || encrypted.tags().size() != cipher.tagCount(encrypted.ciphertexts().size())) {
            throw new DecryptionException();
        }
        var unwrapping = unwrappings.computeIfAbsent(cipher, algorithm -> KeyWrap.unwrapping(algorithm, privateKey));
        try {
            var key = unwrapping.unwrap(Base64.getDecoder().decode(encrypted.ciphertextBlob()));
            return decrypted(cipher, encrypted, key, iv(cipher, encrypted.iv()));
        } catch (GeneralSecurityException | CharacterCodingException | IllegalArgumentException e) {
            throw new DecryptionException();
        }
    }

    static List<String> decrypted(FieldCipher cipher, EncryptedFields encrypted, byte[] key, byte[] iv)
            throws GeneralSecurityException, CharacterCodingException {
        if (key.length != cipher.keyBytes()) {
            throw new GeneralSecurityException("a key of " + key.length + " bytes");
        }
        var fields = new ArrayList<String>();
        for (var i = 0; i < encrypted.ciphertexts().size(); i++) {
            var tag = cipher.hasTag() ? Base64.getDecoder().decode(encrypted.tags().get(i)) : new byte[0];
            var ciphertext = Base64.getDecoder().decode(encrypted.ciphertexts().get(i));
            var plain = cipher.open(new FieldCipher.Sealed(ciphertext, tag), key, iv);
            fields.add(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString());
        }
        return fields;
    }

    /** The initialization vector is Base64; the guide of the older KMS form uses 16 plain characters for AES instead. */
    static byte[] iv(FieldCipher cipher, String text) throws GeneralSecurityException {
        try {
            var iv = Base64.getDecoder().decode(text);
            if (iv.length == cipher.ivBytes()) {
                return iv;
            }
        } catch (IllegalArgumentException notBase64) {
            // It may be the older form.
        }
        var iv = text.getBytes(StandardCharsets.UTF_8);
        if (cipher == FieldCipher.AES_256_CBC && iv.length == cipher.ivBytes()) {
            return iv;
        }
        throw new GeneralSecurityException("an initial vector of another length");
    }
}
