package io.cardverification.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The media type of a body, parsed by RFC 9110, 8.3.1.
 *
 * <p>
 * Why not by the framework: JAX-RS takes the first of two fields, matches {@code *}{@code /*}, and reads a body without any. A
 * page in a browser may send those, and {@code text/plain;application/json}, to any server without asking it first.
 *
 * @param mediaType type and subtype, in lower case
 * @param isUtf8 whether no {@code charset} is given that is not UTF-8
 */
public record ContentType(String mediaType, boolean isUtf8) {

    /** @return empty unless there is exactly one field and it parses */
    public static Optional<ContentType> parse(List<String> lines) {
        if (lines.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(new FieldCursor(lines.get(0).strip())));
        } catch (FieldSyntaxException e) {
            return Optional.empty();
        }
    }

    private static ContentType parse(FieldCursor field) throws FieldSyntaxException {
        var type = field.token();
        FieldCursor.require(field.skip('/'));
        var subtype = field.token();
        var isUtf8 = true;
        field.skipWhitespace();
        while (field.skip(';')) {
            field.skipWhitespace();
            if (FieldCursor.isTokenCharacter(field.peek())) {
                var name = field.token();
                FieldCursor.require(field.skip('='));
                var value = field.tokenOrQuotedString();
                isUtf8 &= !name.equalsIgnoreCase("charset") || value.equalsIgnoreCase("utf-8");
                field.skipWhitespace();
            }
        }
        FieldCursor.require(field.isAtEnd());
        return new ContentType((type + "/" + subtype).toLowerCase(Locale.ROOT), isUtf8);
    }

    /** Whether the body is of the media type, in UTF-8. */
    public boolean isUtf8(String wanted) {
        return isUtf8 && mediaType.equals(wanted);
    }

    /** @return whether a body with these {@code Content-Encoding} fields is as it is (RFC 9110, 8.4): not compressed */
    public static boolean isIdentity(List<String> contentEncoding) {
        return tokens(contentEncoding).stream().allMatch(coding -> coding.equalsIgnoreCase("identity"));
    }

    /** The elements of a list that has no quoted strings. */
    static List<String> tokens(List<String> lines) {
        return Arrays.stream(String.join(",", lines).split(",", -1)).map(String::strip).filter(token -> !token.isEmpty())
                .toList();
    }
}
