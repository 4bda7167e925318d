package io.cardverification.verification;

import org.jspecify.annotations.Nullable;

/**
 * The values to verify: do this card, this name and this ID number belong together?
 *
 * @param certType null for the default of the upstream, which is 0
 * @param encryption null if all three values are plain
 */
public record VerificationRequest(BankCard bankCard, PersonName name, IdCard idCard, @Nullable CertType certType,
        @Nullable Encryption encryption) {
}
