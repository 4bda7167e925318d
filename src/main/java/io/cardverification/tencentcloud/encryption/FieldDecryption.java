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

/** Decrypts what {@link FieldEncryption}, or an official encryption SDK, has encrypted. Threads: any. */
public final class FieldDecryption {

    /** It was encrypted for somebody else, or changed, or is no ciphertext at all. */
    public static final class DecryptionException extends Exception {

        private static final long serialVersionUID = 1;

        DecryptionException() {
            super("not encrypted for this key, or changed", null, false, false);
        }
    }

    private final Map<FieldCipher, String> privateKeys;
    /** Of keys that have been asked for: BouncyCastle is loaded for who uses it (see {@link Sm4}). */
    private final Map<FieldCipher, KeyWrap.Unwrapping> unwrappings = new ConcurrentHashMap<>();

    /** @param privateKeys in PKCS#8 as Base64, by what they unwrap the keys of */
    public FieldDecryption(Map<FieldCipher, String> privateKeys) {
        this.privateKeys = Map.copyOf(privateKeys);
    }

    /**
     * @return the plain fields, in the same order
     * @throws IllegalArgumentException where the private key is none for the cipher
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

    /** In Base64; the guide of the older KMS way has 16 plain characters for AES instead. */
    static byte[] iv(FieldCipher cipher, String text) throws GeneralSecurityException {
        try {
            var iv = Base64.getDecoder().decode(text);
            if (iv.length == cipher.ivBytes()) {
                return iv;
            }
        } catch (IllegalArgumentException notBase64) {
            // Sixteen characters, perhaps.
        }
        var iv = text.getBytes(StandardCharsets.UTF_8);
        if (cipher == FieldCipher.AES_256_CBC && iv.length == cipher.ivBytes()) {
            return iv;
        }
        throw new GeneralSecurityException("an initial vector of another length");
    }
}
