package io.cardverification.verification;

import java.util.regex.Pattern;

/** The checks that the three personal values share. Threads: stateless. */
final class Shape {

    /** RSA wraps and AES-CBC pads: 64 characters of UTF-8 never become more than this in Base64. */
    private static final int MAX_CIPHERTEXT_LENGTH = 512;

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    private Shape() {
    }

    static String present(String value) {
        var stripped = stripped(value);
        if (stripped.isEmpty()) {
            throw new MalformedValue("must not be empty");
        }
        return stripped;
    }

    /** No-break spaces go, too, which {@link String#strip} leaves: pasted with a name they would cost a mismatch. */
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

    static String matching(Pattern shape, String rule, String value) {
        if (!shape.matcher(value).matches()) {
            throw new MalformedValue(rule);
        }
        return value;
    }

    /** Passed on untouched, so not even stripped. */
    static String ciphertext(String value) {
        if (value.length() > MAX_CIPHERTEXT_LENGTH || !BASE64.matcher(value).matches()) {
            throw new MalformedValue("is listed as encrypted, so it must be 1 to " + MAX_CIPHERTEXT_LENGTH
                    + " characters of standard Base64");
        }
        return value;
    }
}
