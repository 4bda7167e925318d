package io.cardverification.tencentcloud.encryption;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two symmetric algorithms of the API page's {@code Encryption}, for one field at a time. Threads: stateless.
 *
 * <p>
 * Source: the official encryption SDKs for Java, Go and Node.js, and their published examples.
 */
public enum FieldCipher {

    /** PKCS#7 padding, no tag: a modified ciphertext may decrypt to another text. */
    AES_256_CBC("AES-256-CBC", 32, 16) {
        @Override
        Sealed seal(byte[] plain, byte[] key, byte[] iv) throws GeneralSecurityException {
            return new Sealed(cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(plain), new byte[0]);
        }

        @Override
        byte[] open(Sealed sealed, byte[] key, byte[] iv) throws GeneralSecurityException {
            return cipher(Cipher.DECRYPT_MODE, key, iv).doFinal(sealed.ciphertext());
        }

        private static Cipher cipher(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
            var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher;
        }
    },

    /** A tag of 128 bits, separate from the ciphertext, and no associated data. */
    SM4_GCM("SM4-GCM", 16, 12) {
        @Override
        Sealed seal(byte[] plain, byte[] key, byte[] iv) throws GeneralSecurityException {
            var sealed = Sm4.gcm(true, plain, key, iv);
            return new Sealed(Arrays.copyOf(sealed, plain.length),
                    Arrays.copyOfRange(sealed, plain.length, sealed.length));
        }

        @Override
        byte[] open(Sealed sealed, byte[] key, byte[] iv) throws GeneralSecurityException {
            var ciphertext = sealed.ciphertext();
            var whole = Arrays.copyOf(ciphertext, ciphertext.length + sealed.tag().length);
            System.arraycopy(sealed.tag(), 0, whole, ciphertext.length, sealed.tag().length);
            return Sm4.gcm(false, whole, key, iv);
        }
    };

    /** @param tag empty if the algorithm has none */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sealed(byte[] ciphertext, byte[] tag) {
    }

    private final String text;
    private final int keyBytes;
    private final int ivBytes;

    FieldCipher(String text, int keyBytes, int ivBytes) {
        this.text = text;
        this.keyBytes = keyBytes;
        this.ivBytes = ivBytes;
    }

    /** @param algorithm as in {@code Encryption.Algorithm} */
    public static Optional<FieldCipher> of(String algorithm) {
        return Arrays.stream(values()).filter(cipher -> cipher.text.equals(algorithm)).findFirst();
    }

    /** The name in {@code Encryption.Algorithm}. */
    @Override
    public String toString() {
        return text;
    }

    int keyBytes() {
        return keyBytes;
    }

    int ivBytes() {
        return ivBytes;
    }

    boolean hasTag() {
        return this == SM4_GCM;
    }

    /** The number of tags for a number of fields: one for each, or zero. */
    public int tagCount(int fields) {
        return hasTag() ? fields : 0;
    }

    abstract Sealed seal(byte[] plain, byte[] key, byte[] iv) throws GeneralSecurityException;

    /** @throws GeneralSecurityException if another key sealed the text, or if the text was modified */
    abstract byte[] open(Sealed sealed, byte[] key, byte[] iv) throws GeneralSecurityException;
}
