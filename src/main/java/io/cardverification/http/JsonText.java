package io.cardverification.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of a JSON body, decoded by RFC 3629: no overlong form, no surrogate, nothing beyond U+10FFFF. Threads: stateless.
 *
 * <p>
 * Why before the parser: Jackson takes {@code C1 BA} for {@code z}, so that a name in GBK becomes another name, and is paid
 * for.
 */
public final class JsonText {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private JsonText() {
    }

    /**
     * NUL is in no JSON text, and in every one in UTF-16 or UTF-32, which Jackson would detect in the same bytes.
     *
     * @return the text without a byte order mark, which RFC 8259, 8.1, lets a parser ignore; empty if it is not UTF-8
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
