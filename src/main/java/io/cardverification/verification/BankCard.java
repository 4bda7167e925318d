package io.cardverification.verification;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A bank card number, stripped, or its unchanged ciphertext.
 *
 * <p>
 * Format: 10 to 19 ASCII digits, the range that ISO/IEC 7812-1 leaves for eight-digit issuers. No check digit.
 *
 * @param value digits, or Base64 if {@code encrypted}
 */
public record BankCard(String value, boolean encrypted) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{10,19}");

    /** @throws InvalidValueException with the rule */
    public BankCard {
        value = encrypted ? ValueFormats.ciphertext(value)
                : ValueFormats.matching(DIGITS, "must be 10 to 19 digits", ValueFormats.present(value));
    }

    /** The digits that a receipt may show; null if the number is encrypted. */
    public @Nullable String lastFour() {
        return encrypted ? null : value.substring(value.length() - 4);
    }

    /** Shows the last four digits at most, and not the number of digits. */
    @Override
    public String toString() {
        return encrypted ? "BankCard[encrypted]" : "BankCard[*" + lastFour() + "]";
    }
}
