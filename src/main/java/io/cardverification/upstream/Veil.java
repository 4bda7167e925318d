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
 * What lies over name, ID number and card on their way out: nothing, or the API page's {@code Encryption}.
 *
 * <p>
 * What a caller has encrypted is passed on untouched; with a veil, he has to have encrypted all three, since a request has
 * room for one key.
 *
 * <p>
 * Threads: any.
 */
final class Veil {

    static final Veil NONE = new Veil(null);

    private static final int AES_BLOCK_BYTES = 16;
    private static final List<String> FIELDS = List.of("IdCard", "Name", "BankCard");

    private final @Nullable FieldEncryption encryption;

    private Veil(@Nullable FieldEncryption encryption) {
        this.encryption = encryption;
    }

    /** @throws ConfigurationException where the public key is none for the algorithm */
    static Veil of(UpstreamConfig.Encryption config, SecureRandom random) {
        try {
            return new Veil(new FieldEncryption(config.algorithm(), config.publicKey(), random));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.upstream.encryption.public-key " + e.getMessage());
        }
    }

    /** Whether something would cross the wire that must not, or what is called ciphertext cannot be. */
    boolean isTorn(WireQuestion question) {
        return encryption != null && !question.encrypted().isEmpty()
                && !(question.encrypted().containsAll(FIELDS) && isPlausible(question));
    }

    /** By its form only, which plain values have by mistake, never by chance: AES makes whole blocks, SM4 a tag for each. */
    private static boolean isPlausible(WireQuestion question) {
        var how = question.encryption();
        var blob = how == null ? null : how.ciphertextBlob();
        if (how == null || blob == null || blob.isEmpty()) {
            return false;
        }
        var tags = how.tagList();
        return FieldCipher.SM4_GCM.toString().equals(how.algorithm()) ? tags != null && tags.size() == FIELDS.size()
                : Stream.of(question.idCard(), question.name(), question.bankCard()).allMatch(Veil::isWholeBlocks);
    }

    private static boolean isWholeBlocks(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length % AES_BLOCK_BYTES == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** With a fresh key and initial vector each time. */
    WireQuestion over(WireQuestion question) {
        return encryption == null || !question.encrypted().isEmpty() ? question
                : veiled(question, encryption.encrypt(List.of(question.idCard(), question.name(), question.bankCard())));
    }

    private static WireQuestion veiled(WireQuestion question, EncryptedFields encrypted) {
        var ciphertexts = encrypted.ciphertexts();
        return new WireQuestion(ciphertexts.get(0), ciphertexts.get(1), ciphertexts.get(2), question.certType(),
                new WireQuestion.Encryption(FIELDS, encrypted.ciphertextBlob(), encrypted.iv(), encrypted.algorithm(),
                        encrypted.tags()));
    }
}
