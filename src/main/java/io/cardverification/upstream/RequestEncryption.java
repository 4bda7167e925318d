package io.cardverification.upstream;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.encryption.EncryptedFields;
import io.cardverification.tencentcloud.encryption.FieldCipher;
import io.cardverification.tencentcloud.encryption.FieldEncryption;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Encrypts name, ID number and card by the API page's {@code Encryption}, if the operator has configured it.
 *
 * <p>
 * Values that a caller has encrypted are sent unchanged. With this encryption the caller must have encrypted all three, since a
 * request has room for one key.
 *
 * <p>
 * Threads: any.
 */
final class RequestEncryption {

    static final RequestEncryption NONE = new RequestEncryption(null);

    private static final int AES_BLOCK_BYTES = 16;
    private static final List<String> FIELDS = List.of("IdCard", "Name", "BankCard");

    private final @Nullable FieldEncryption encryption;

    private RequestEncryption(@Nullable FieldEncryption encryption) {
        this.encryption = encryption;
    }

    /** @throws ConfigurationException if the public key does not fit the algorithm */
    static RequestEncryption of(UpstreamConfig.Encryption config, SecureRandom random) {
        try {
            return new RequestEncryption(new FieldEncryption(config.algorithm(), config.publicKey(), random));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.upstream.encryption.public-key " + e.getMessage());
        }
    }

    /** Whether a plain value would be sent, or a value is declared as ciphertext but cannot be. */
    boolean isPartiallyEncrypted(UpstreamRequest request) {
        return encryption != null && !request.encrypted().isEmpty()
                && !(request.encrypted().containsAll(FIELDS) && isPlausible(request));
    }

    /** Checks the form only: AES produces whole blocks, and SM4-GCM a tag for each value. */
    private static boolean isPlausible(UpstreamRequest request) {
        var how = request.encryption();
        var blob = how == null ? null : how.ciphertextBlob();
        if (how == null || blob == null || blob.isEmpty()) {
            return false;
        }
        var tags = how.tagList();
        return FieldCipher.SM4_GCM.toString().equals(how.algorithm()) ? tags != null && tags.size() == FIELDS.size()
                : Stream.of(request.idCard(), request.name(), request.bankCard()).allMatch(RequestEncryption::isWholeBlocks);
    }

    private static boolean isWholeBlocks(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length % AES_BLOCK_BYTES == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** With a new key and initial vector for each request. */
    UpstreamRequest encrypt(UpstreamRequest request) {
        return encryption == null || !request.encrypted().isEmpty() ? request
                : encrypted(request, encryption.encrypt(List.of(request.idCard(), request.name(), request.bankCard())));
    }

    private static UpstreamRequest encrypted(UpstreamRequest request, EncryptedFields encrypted) {
        var ciphertexts = encrypted.ciphertexts();
        return new UpstreamRequest(ciphertexts.get(0), ciphertexts.get(1), ciphertexts.get(2), request.certType(),
                new UpstreamRequest.Encryption(FIELDS, encrypted.ciphertextBlob(), encrypted.iv(), encrypted.algorithm(),
                        encrypted.tags()));
    }
}
