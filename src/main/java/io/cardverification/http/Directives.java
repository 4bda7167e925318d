package io.cardverification.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parses the comma-separated fields {@code Prefer} (RFC 7240) and {@code Cache-Control} (RFC 9111): names with optional
 * values.
 *
 * <p>
 * All lines of a field form one list (RFC 9110, 5.3). Empty elements are skipped (5.6.1.2). Names are case-insensitive. If
 * a name occurs twice, the first instance counts. Threads: stateless.
 */
public final class Directives {

    private Directives() {
    }

    /**
     * @return values by lower-case names; the empty string for a name without a value; an empty map if the field is
     *         malformed
     */
    public static Map<String, String> ofPrefer(List<String> lines) {
        return read(lines, true);
    }

    /** RFC 9111, 5.2.1.4: the client does not accept a cached response. */
    public static boolean isNoCache(List<String> lines) {
        return "".equals(read(lines, false).get("no-cache"));
    }

    private static Map<String, String> read(List<String> lines, boolean isPrefer) {
        try {
            return list(new FieldCursor(String.join(",", lines)), isPrefer);
        } catch (FieldSyntaxException e) {
            return Map.of();
        }
    }

    private static Map<String, String> list(FieldCursor field, boolean isPrefer) throws FieldSyntaxException {
        var directives = new TreeMap<String, String>();
        do {
            field.skipWhitespace();
            if (!field.isAtEnd() && field.peek() != ',') {
                var name = field.token().toLowerCase(Locale.ROOT);
                directives.putIfAbsent(name, value(field, isPrefer));
                if (isPrefer) {
                    skipParameters(field);
                }
                field.skipWhitespace();
            }
        } while (field.skip(','));
        FieldCursor.require(field.isAtEnd());
        return directives;
    }

    /** RFC 7240 allows white space around the equals sign, RFC 9111 does not. */
    private static String value(FieldCursor field, boolean isPrefer) throws FieldSyntaxException {
        if (isPrefer) {
            field.skipWhitespace();
        }
        if (!field.skip('=')) {
            return "";
        }
        if (isPrefer) {
            field.skipWhitespace();
        }
        return field.tokenOrQuotedString();
    }

    private static void skipParameters(FieldCursor field) throws FieldSyntaxException {
        field.skipWhitespace();
        while (field.skip(';')) {
            field.skipWhitespace();
            if (FieldCursor.isTokenCharacter(field.peek())) {
                field.token();
                value(field, true);
                field.skipWhitespace();
            }
        }
    }
}
