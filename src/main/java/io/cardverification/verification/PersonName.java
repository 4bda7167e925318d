package io.cardverification.verification;

/**
 * A person's name as the bank holds it, stripped, or its ciphertext, untouched.
 *
 * <p>
 * Shape: at most 64 characters, each of them visible and undamaged: one pasted zero-width space would be compared by the bank,
 * fail, and be charged. Combining marks, unassigned and private-use characters pass, since names are written with them.
 *
 * @param value the name, or Base64 where {@code encrypted}
 */
public record PersonName(String value, boolean encrypted) {

    private static final int MAX_CHARACTERS = 64;

    /** @throws MalformedValue naming the rule */
    public PersonName {
        value = encrypted ? Shape.ciphertext(value) : checked(Shape.present(value));
    }

    private static String checked(String name) {
        if (name.codePointCount(0, name.length()) > MAX_CHARACTERS) {
            throw new MalformedValue("must be at most " + MAX_CHARACTERS + " characters");
        }
        var before = 0;
        for (var i = 0; i < name.length(); i += Character.charCount(before)) {
            var codePoint = name.codePointAt(i);
            if (NameCharacters.isInvisible(codePoint) && !NameCharacters.isVariant(before, codePoint)) {
                throw new MalformedValue("must not contain control, format, filler or other invisible characters");
            }
            if (NameCharacters.isDamaged(codePoint)) {
                throw new MalformedValue("must not contain replacement characters, noncharacters or unpaired surrogates:"
                        + " it was damaged by a wrong decoding");
            }
            if (codePoint != ' ' && Character.isSpaceChar(codePoint)) {
                throw new MalformedValue("must not contain spaces other than U+0020, such as U+3000");
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
