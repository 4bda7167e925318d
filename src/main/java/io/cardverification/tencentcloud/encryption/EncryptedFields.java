package io.cardverification.tencentcloud.encryption;

import java.util.List;

/**
 * Fields encrypted with one key and one initial vector, as the API page's {@code Encryption} carries them.
 *
 * @param ciphertexts in Base64, each to stand in its field's place
 * @param ciphertextBlob the symmetric key, wrapped with the receiver's public key, in Base64
 * @param iv in Base64
 * @param algorithm as in {@code Encryption.Algorithm}
 * @param tags in Base64, one for each ciphertext in the same order; none where the algorithm has no tag
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
