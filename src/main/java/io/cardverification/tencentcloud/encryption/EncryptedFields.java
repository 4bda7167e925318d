package io.cardverification.tencentcloud.encryption;

import java.util.List;

/**
 * Fields encrypted with one key and one initialization vector, in the form of the API page's {@code Encryption}.
 *
 * @param ciphertexts in Base64, one for each field, in order
 * @param ciphertextBlob the symmetric key in Base64, encrypted with the receiver's public key
 * @param iv in Base64
 * @param algorithm as in {@code Encryption.Algorithm}
 * @param tags in Base64, one for each ciphertext in the same order; empty if the algorithm has no tag
 */
public record EncryptedFields(List<String> ciphertexts, String ciphertextBlob, String iv, String algorithm,
        List<String> tags) {

    public EncryptedFields {
        ciphertexts = List.copyOf(ciphertexts);
        tags = List.copyOf(tags);
    }

    @Override
    public String toString() {
        return "EncryptedFields[*]";
    }
}
