package io.cardverification.performance;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Requests for verifications, each of another card, so that nothing is shared. They are the same bytes, good until the next.
 */
final class Questions implements Supplier<byte[]> {

    private static final String CARD = "6226090200000000";
    private static final int DIGITS = 8;

    private final byte[] request;
    private final int end;
    private int count;

    /** @param headers more of them, each with the end of its line */
    Questions(String headers) {
        var body = "{\"bankCard\":\"" + CARD + "\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}";
        var head = "POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n";
        request = (head + body).getBytes(StandardCharsets.US_ASCII);
        end = head.length() + body.indexOf(CARD) + CARD.length();
    }

    int count() {
        return count;
    }

    @Override
    public byte[] get() {
        var rest = count++;
        for (var digit = 1; digit <= DIGITS; digit++) {
            request[end - digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return request;
    }
}
