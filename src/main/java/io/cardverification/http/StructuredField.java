package io.cardverification.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses structured fields of RFC 9651: dictionaries and items, strictly. Threads: stateless.
 *
 * <p>
 * Values of all types are validated. Integers are {@link Long}, strings {@link String}, booleans {@link Boolean}. Any other
 * value is {@link Other}, because the gateway reads no field with such a value. Parameters are validated and discarded.
 */
public final class StructuredField {

    /** A well-formed value of a type that the gateway does not read. */
    public enum Other {
        DECIMAL,
        TOKEN,
        BYTES,
        DATE,
        DISPLAY_STRING,
        INNER_LIST
    }

    private static final int MAX_INTEGER_DIGITS = 15;
    private static final int MAX_WHOLE_DIGITS = 12;
    private static final int MAX_FRACTION_DIGITS = 3;

    private final FieldCursor field;

    private StructuredField(String text) {
        this.field = new FieldCursor(text);
    }

    /** @return the last value of each key; empty if the field is malformed */
    public static Optional<Map<String, Object>> dictionary(List<String> lines) {
        try {
            return Optional.of(new StructuredField(String.join(", ", lines)).dictionary());
        } catch (FieldSyntaxException e) {
            return Optional.empty();
        }
    }

    /** @return the value; empty if the field is malformed */
    public static Optional<Object> item(String line) {
        try {
            var read = new StructuredField(line);
            read.field.skipSpaces();
            var value = read.item();
            read.field.skipSpaces();
            FieldCursor.require(read.field.isAtEnd());
            return Optional.of(value);
        } catch (FieldSyntaxException e) {
            return Optional.empty();
        }
    }

    /** RFC 9651, 4.2.2. */
    private Map<String, Object> dictionary() throws FieldSyntaxException {
        var members = new HashMap<String, Object>();
        field.skipSpaces();
        while (!field.isAtEnd()) {
            var key = key();
            members.put(key, field.skip('=') ? member() : booleanWithParameters());
            field.skipWhitespace();
            if (field.isAtEnd()) {
                return members;
            }
            FieldCursor.require(field.skip(','));
            field.skipWhitespace();
            FieldCursor.require(!field.isAtEnd());
        }
        return members;
    }

    private Object member() throws FieldSyntaxException {
        return field.peek() == '(' ? innerList() : item();
    }

    private Object booleanWithParameters() throws FieldSyntaxException {
        skipParameters();
        return true;
    }

    private Object item() throws FieldSyntaxException {
        var value = bareItem();
        skipParameters();
        return value;
    }

    private Other innerList() throws FieldSyntaxException {
        field.next();
        field.skipSpaces();
        while (!field.skip(')')) {
            item();
            FieldCursor.require(field.peek() == ' ' || field.peek() == ')');
            field.skipSpaces();
        }
        skipParameters();
        return Other.INNER_LIST;
    }

    private void skipParameters() throws FieldSyntaxException {
        while (field.skip(';')) {
            field.skipSpaces();
            key();
            if (field.skip('=')) {
                bareItem();
            }
        }
    }

    private String key() throws FieldSyntaxException {
        var key = new StringBuilder();
        FieldCursor.require(FieldCursor.isLowerCase(field.peek()) || field.peek() == '*');
        while (FieldCursor.isLowerCase(field.peek()) || FieldCursor.isDigit(field.peek()) || isOneOf("_-.*")) {
            key.append(field.next());
        }
        return key.toString();
    }

    private boolean isOneOf(String characters) {
        return !field.isAtEnd() && characters.indexOf(field.peek()) >= 0;
    }

    private Object bareItem() throws FieldSyntaxException {
        var first = field.peek();
        if (FieldCursor.isLetter(first) || first == '*') {
            return token();
        }
        return switch (first) {
            case '"' -> string();
            case '?' -> bool();
            case ':' -> bytes();
            case '@' -> date();
            case '%' -> displayString();
            default -> number();
        };
    }

    /** RFC 9651, 4.2.4. Leading zeros are allowed. */
    private Object number() throws FieldSyntaxException {
        var sign = field.skip('-') ? -1 : 1;
        var whole = digits();
        FieldCursor.require(!whole.isEmpty());
        if (!field.skip('.')) {
            FieldCursor.require(whole.length() <= MAX_INTEGER_DIGITS);
            return sign * Long.parseLong(whole);
        }
        var fraction = digits();
        FieldCursor.require(whole.length() <= MAX_WHOLE_DIGITS && !fraction.isEmpty()
                && fraction.length() <= MAX_FRACTION_DIGITS);
        return Other.DECIMAL;
    }

    private String digits() throws FieldSyntaxException {
        var digits = new StringBuilder();
        while (FieldCursor.isDigit(field.peek())) {
            digits.append(field.next());
        }
        return digits.toString();
    }

    private String string() throws FieldSyntaxException {
        var value = new StringBuilder();
        field.next();
        for (var character = field.next(); character != '"'; character = field.next()) {
            if (character == '\\') {
                FieldCursor.require(isOneOf("\"\\"));
                value.append(field.next());
            } else {
                FieldCursor.require(isVisibleOrSpace(character));
                value.append(character);
            }
        }
        return value.toString();
    }

    private static boolean isVisibleOrSpace(char character) {
        return character >= ' ' && character < 0x7f;
    }

    private Other token() throws FieldSyntaxException {
        while (FieldCursor.isTokenCharacter(field.peek()) || isOneOf(":/")) {
            field.next();
        }
        return Other.TOKEN;
    }

    private Object bool() throws FieldSyntaxException {
        field.next();
        FieldCursor.require(isOneOf("01"));
        return field.next() == '1';
    }

    private Other bytes() throws FieldSyntaxException {
        var base64 = new StringBuilder();
        field.next();
        for (var character = field.next(); character != ':'; character = field.next()) {
            base64.append(character);
        }
        try {
            Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException e) {
            throw new FieldSyntaxException();
        }
        return Other.BYTES;
    }

    private Other date() throws FieldSyntaxException {
        field.next();
        FieldCursor.require(number() instanceof Long);
        return Other.DATE;
    }

    private Other displayString() throws FieldSyntaxException {
        var utf8 = new ByteArrayOutputStream();
        field.next();
        FieldCursor.require(field.skip('"'));
        for (var character = field.next(); character != '"'; character = field.next()) {
            FieldCursor.require(isVisibleOrSpace(character));
            utf8.write(character == '%' ? hexDigit() * 16 + hexDigit() : character);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8.toByteArray()));
        } catch (CharacterCodingException e) {
            throw new FieldSyntaxException();
        }
        return Other.DISPLAY_STRING;
    }

    private int hexDigit() throws FieldSyntaxException {
        var digit = "0123456789abcdef".indexOf(field.next());
        FieldCursor.require(digit >= 0);
        return digit;
    }
}
