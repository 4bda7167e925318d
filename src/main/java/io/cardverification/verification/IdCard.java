package io.cardverification.verification;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The number of a second-generation resident identity card, stripped and with a capital X, or its unchanged ciphertext.
 *
 * <p>
 * Format: the API page supports second-generation cards only (result -19), whose numbers have 17 digits and a check
 * character. The check character is not computed: the page's own example fails it.
 *
 * @param value the number, or Base64 if {@code encrypted}
 */
public record IdCard(String value, boolean encrypted) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{17}[0-9X]");

    /** @throws InvalidValueException with the rule */
    public IdCard {
        value = encrypted ? ValueFormats.ciphertext(value)
                : ValueFormats.matching(NUMBER, "must be 18 characters: 17 digits, then a digit or X",
                        ValueFormats.present(value).toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return encrypted ? "IdCard[encrypted]" : "IdCard[*]";
    }
}
