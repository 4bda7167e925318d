package io.cardverification.verification;

/**
 * A person's name as the bank holds it, stripped, or its unchanged ciphertext.
 *
 * <p>
 * Format: at most 64 characters, each of them visible and undamaged. The bank would compare a pasted zero-width space, and the
 * mismatch would be charged. Combining marks, unassigned and private-use characters are allowed, since names contain them.
 *
 * @param value the name, or Base64 if {@code encrypted}
 */
public record PersonName(String value, boolean encrypted) {

    private static final int MAX_CHARACTERS = 64;

    /** @throws InvalidValueException with the rule */
    public PersonName {
        value = encrypted ? ValueFormats.ciphertext(value) : checked(ValueFormats.present(value));
    }

    private static String checked(String name) {
        if (name.codePointCount(0, name.length()) > MAX_CHARACTERS) {
            throw new InvalidValueException("must be at most " + MAX_CHARACTERS + " characters");
        }
        var before = 0;
        for (var i = 0; i < name.length(); i += Character.charCount(before)) {
            var codePoint = name.codePointAt(i);
            if (NameCharacters.isInvisible(codePoint) && !NameCharacters.isVariant(before, codePoint)) {
                throw new InvalidValueException("must not contain control, format, filler or other invisible characters");
            }
            if (NameCharacters.isDamaged(codePoint)) {
                throw new InvalidValueException("must not contain replacement characters, noncharacters or unpaired surrogates:"
                        + " it was damaged by a wrong decoding");
            }
            if (codePoint != ' ' && Character.isSpaceChar(codePoint)) {
                throw new InvalidValueException("must not contain spaces other than U+0020, such as U+3000");
            }
            before = codePoint;
        }
        return name;
    }

    @Override
    public String toString() {
        return encrypted ? "PersonName[encrypted]" : "PersonName[*]";
    }
}
