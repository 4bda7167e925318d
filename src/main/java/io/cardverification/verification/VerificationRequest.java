package io.cardverification.verification;

import org.jspecify.annotations.Nullable;

/**
 * The question: do this card, this name and this ID number belong together?
 *
 * @param certType null to leave it to the upstream, which takes it for 0
 * @param encryption null where all three values are plain
 */
public record VerificationRequest(BankCard bankCard, PersonName name, IdCard idCard, @Nullable CertType certType,
        @Nullable Encryption encryption) {
}
