package io.cardverification.verification;

/**
 * A person's name as the bank holds it, stripped, or its ciphertext, untouched.
 *
 * <p>
 * Shape: at most 64 characters, none of them invisible (control, format, filler or half a surrogate pair): one pasted
 * zero-width space would be compared by the bank, fail, and be charged. Unassigned and private-use characters pass,
 * since rare Chinese names are written with them.
 *
 * @param value the name, or Base64 where {@code encrypted}
 */
public record PersonName(String value, boolean encrypted) {

    private static final int MAX_CHARACTERS = 64;

    /** Letters and marks by category, but nothing to see: the Hangul fillers and the emoji variation selectors. */
    private static final String FILLERS = "\u115f\u1160\u3164\uffa0\ufe0e\ufe0f";

    /** @throws MalformedValue naming the rule */
    public PersonName {
        value = encrypted ? Shape.ciphertext(value) : visible(Shape.present(value));
    }

    private static String visible(String name) {
        if (name.codePointCount(0, name.length()) > MAX_CHARACTERS) {
            throw new MalformedValue("must be at most " + MAX_CHARACTERS + " characters");
        }
        if (name.codePoints().anyMatch(PersonName::invisible)) {
            throw new MalformedValue("must not contain control, format, filler or unpaired surrogate characters");
        }
        return name;
    }

    private static boolean invisible(int codePoint) {
        return FILLERS.indexOf(codePoint) >= 0 || switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return encrypted ? "PersonName[encrypted]" : "PersonName[*]";
    }
}
