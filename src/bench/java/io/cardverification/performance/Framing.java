package io.cardverification.performance;

import java.io.IOException;

/** Where an HTTP/1.1 message ends, from its bytes alone, since text would cost more than the asking. It knows no chunks. */
final class Framing {

    static final int UNFINISHED = -1;

    private static final byte[] LENGTH = { 'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':' };
    private static final int LOWER_CASE = 0x20;

    private Framing() {
    }

    /**
     * @return how long the message at the beginning is, or {@link #UNFINISHED}
     * @throws IOException where it has a head that announces no length
     */
    static int length(byte[] bytes, int filled) throws IOException {
        var length = UNFINISHED;
        for (var at = 0; at + 3 < filled; at++) {
            if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
                continue;
            }
            if (bytes[at + 2] == '\r' && bytes[at + 3] == '\n') {
                if (length < 0) {
                    throw new IOException("a message of no announced length");
                }
                var whole = at + 4 + length;
                return whole <= filled ? whole : UNFINISHED;
            }
            if (isLength(bytes, at + 2, filled)) {
                length = number(bytes, at + 2 + LENGTH.length, filled);
            }
        }
        return UNFINISHED;
    }

    private static boolean isLength(byte[] bytes, int from, int filled) {
        if (from + LENGTH.length > filled) {
            return false;
        }
        for (var i = 0; i < LENGTH.length; i++) {
            if ((bytes[from + i] | LOWER_CASE) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int filled) {
        var number = 0;
        for (var at = from; at < filled && bytes[at] != '\r'; at++) {
            number = bytes[at] == ' ' ? number : number * 10 + bytes[at] - '0';
        }
        return number;
    }
}
