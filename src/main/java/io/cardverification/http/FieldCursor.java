package io.cardverification.http;

/** A position in the value of one header field, with the productions that RFC 9110 and RFC 9651 share. Threads: one. */
final class FieldCursor {

    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    FieldCursor(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    /** @return the next character, or NUL at the end */
    char peek() {
        return isAtEnd() ? 0 : text.charAt(at);
    }

    char next() throws FieldSyntaxException {
        require(!isAtEnd());
        return text.charAt(at++);
    }

    /**
     * Consumes the character if it is next.
     *
     * @return whether it was next
     */
    boolean skip(char character) {
        var isNext = !isAtEnd() && text.charAt(at) == character;
        at += isNext ? 1 : 0;
        return isNext;
    }

    void skipSpaces() {
        while (skip(' ')) {
            // RFC 9651: SP alone.
        }
    }

    /** RFC 9110: optional white space. */
    void skipWhitespace() {
        while (skip(' ') || skip('\t')) {
            // RFC 9110: SP and HTAB.
        }
    }

    /** RFC 9110, 5.6.2. */
    String token() throws FieldSyntaxException {
        var start = at;
        while (isTokenCharacter(peek())) {
            at++;
        }
        require(at > start);
        return text.substring(start, at);
    }

    /** RFC 9110, 5.6.6: a token or a quoted string; without quotation marks and backslashes. */
    String tokenOrQuotedString() throws FieldSyntaxException {
        return peek() == '"' ? quotedString() : token();
    }

    /** RFC 9110, 5.6.4. */
    private String quotedString() throws FieldSyntaxException {
        var value = new StringBuilder();
        next();
        for (var character = next(); character != '"'; character = next()) {
            var content = character == '\\' ? next() : character;
            require(content == '\t' || (content >= ' ' && content != 0x7f));
            value.append(content);
        }
        return value.toString();
    }

    static boolean isTokenCharacter(char character) {
        return isDigit(character) || isLetter(character) || TOKEN_SYMBOLS.indexOf(character) >= 0;
    }

    static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    static boolean isLetter(char character) {
        return isLowerCase(character) || (character >= 'A' && character <= 'Z');
    }

    static boolean isLowerCase(char character) {
        return character >= 'a' && character <= 'z';
    }

    static void require(boolean rule) throws FieldSyntaxException {
        if (!rule) {
            throw new FieldSyntaxException();
        }
    }
}
