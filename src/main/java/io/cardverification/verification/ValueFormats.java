package io.cardverification.verification;

import java.util.regex.Pattern;

/** Checks that the three personal values share. Threads: stateless. */
final class ValueFormats {

    /** AES-CBC pads: 64 characters of UTF-8 need at most this in Base64. */
    private static final int MAX_CIPHERTEXT_LENGTH = 512;

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    private ValueFormats() {
    }

    static String present(String value) {
        var stripped = stripped(value);
        if (stripped.isEmpty()) {
            throw new InvalidValueException("must not be empty");
        }
        return stripped;
    }

    /**
     * Removes no-break spaces, too, which {@link String#strip} keeps. A name that was pasted with one would be a charged
     * mismatch.
     */
    private static String stripped(String value) {
        var start = 0;
        var end = value.length();
        while (start < end && isSpace(value.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    static String matching(Pattern format, String rule, String value) {
        if (!format.matcher(value).matches()) {
            throw new InvalidValueException(rule);
        }
        return value;
    }

    /** Not stripped, since the gateway passes a ciphertext on unchanged. */
    static String ciphertext(String value) {
        if (value.length() > MAX_CIPHERTEXT_LENGTH || !BASE64.matcher(value).matches()) {
            throw new InvalidValueException("is listed as encrypted, so it must be 1 to " + MAX_CIPHERTEXT_LENGTH
                    + " characters of standard Base64");
        }
        return value;
    }
}
