package io.cardverification.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes the text of a JSON body by RFC 3629. It rejects overlong forms, surrogates and code points above U+10FFFF.
 * Threads: stateless.
 *
 * <p>
 * Reason for decoding before the parser: Jackson decodes {@code C1 BA} as {@code z}. A name in GBK would become another
 * name, and the gateway would pay for its verification.
 */
public final class JsonText {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private JsonText() {
    }

    /**
     * Decodes the body, and rejects NUL. JSON text in UTF-8 contains no NUL; JSON text in UTF-16 or UTF-32, which Jackson
     * would detect in the same bytes, always does.
     *
     * @return the text without a byte order mark (RFC 8259, 8.1, allows a parser to ignore it); empty if the body is not
     *         UTF-8
     */
    public static Optional<String> decode(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
                text.get();
            }
            return Optional.of(text.toString()).filter(decoded -> decoded.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
