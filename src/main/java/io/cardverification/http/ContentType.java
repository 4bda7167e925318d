package io.cardverification.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The media type of a body, parsed by RFC 9110, 8.3.1.
 *
 * <p>
 * Rejected: the parser of JAX-RS. It uses the first of two fields, matches {@code *}{@code /*}, and reads a body without a
 * content type. A web page can send such requests, and {@code text/plain;application/json}, to any server without a
 * preflight request.
 *
 * @param mediaType type and subtype, in lower case
 * @param isUtf8 false if a {@code charset} is present that is not UTF-8
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

    /** @return whether these {@code Content-Encoding} fields (RFC 9110, 8.4) describe a body without compression */
    public static boolean isIdentity(List<String> contentEncoding) {
        return tokens(contentEncoding).stream().allMatch(coding -> coding.equalsIgnoreCase("identity"));
    }

    /** The elements of a list that has no quoted strings. */
    static List<String> tokens(List<String> lines) {
        return Arrays.stream(String.join(",", lines).split(",", -1)).map(String::strip).filter(token -> !token.isEmpty())
                .toList();
    }
}
