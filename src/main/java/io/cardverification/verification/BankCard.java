package io.cardverification.verification;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A bank card number, stripped, or its ciphertext, untouched.
 *
 * <p>
 * Shape: 10 to 19 ASCII digits, the range that ISO/IEC 7812-1 leaves for eight-digit issuers. No check digit.
 *
 * @param value digits, or Base64 where {@code encrypted}
 */
public record BankCard(String value, boolean encrypted) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{10,19}");

    /** @throws MalformedValue naming the rule */
    public BankCard {
        value = encrypted ? Shape.ciphertext(value)
                : Shape.matching(DIGITS, "must be 10 to 19 digits", Shape.present(value));
    }

    /** What a receipt may show; null where it is encrypted. */
    public @Nullable String lastFour() {
        return encrypted ? null : value.substring(value.length() - 4);
    }

    /** The last four digits at most; of the rest nothing, not even how many. */
    @Override
    public String toString() {
        return encrypted ? "BankCard[encrypted]" : "BankCard[*" + lastFour() + "]";
    }
}
