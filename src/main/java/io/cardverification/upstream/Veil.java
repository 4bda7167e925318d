package io.cardverification.upstream;

import java.security.SecureRandom;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.EncryptedFields;
import io.cardverification.tencentcloud.FieldEncryption;
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

    /** Whether something would cross the wire that must not. */
    boolean isTorn(WireQuestion question) {
        var listed = question.encrypted();
        return encryption != null && !listed.isEmpty() && !listed.containsAll(FIELDS);
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
