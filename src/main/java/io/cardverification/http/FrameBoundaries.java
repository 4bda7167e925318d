package io.cardverification.http;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;

/**
 * Finds the ends of the frames of an HTTP/2 connection by their lengths alone (RFC 9113, 3.4, 4.1 and 4.3). Threads: the
 * connection's event loop.
 *
 * <p>
 * Rejected: Netty's frame listener, which gets no events for frames of closed streams.
 */
final class FrameBoundaries {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int HEAD_BYTES = 9;
    private static final int LENGTH_BYTES = 3;
    private static final int TYPE_AT = 3;
    private static final int FLAGS_AT = 4;

    private static final int HEADERS = 0x1;
    private static final int PUSH_PROMISE = 0x5;
    private static final int CONTINUATION = 0x9;
    private static final int END_HEADERS = 0x4;

    private boolean isOtherProtocol;
    private int prefaceBytes;
    private int headBytes;
    private int payloadBytes;
    private int type;
    private boolean isHeaderBlockOpen;

    /** @param bytes the next decrypted bytes of the connection; they are not consumed */
    void read(ByteBuf bytes) {
        var at = bytes.readerIndex();
        while (at < bytes.writerIndex() && !isOtherProtocol) {
            if (prefaceBytes == PREFACE.length && headBytes == HEAD_BYTES) {
                var skipped = Math.min(payloadBytes, bytes.writerIndex() - at);
                payloadBytes -= skipped;
                at += skipped;
            } else {
                readHead(bytes.getUnsignedByte(at));
                at++;
            }
            if (headBytes == HEAD_BYTES && payloadBytes == 0) {
                headBytes = 0;
            }
        }
    }

    private void readHead(int next) {
        if (prefaceBytes < PREFACE.length) {
            isOtherProtocol = next != PREFACE[prefaceBytes];
            prefaceBytes++;
            return;
        }
        if (headBytes < LENGTH_BYTES) {
            payloadBytes = (payloadBytes << Byte.SIZE) | next;
        } else if (headBytes == TYPE_AT) {
            type = next;
        } else if (headBytes == FLAGS_AT && (type == HEADERS || type == PUSH_PROMISE || type == CONTINUATION)) {
            isHeaderBlockOpen = (next & END_HEADERS) == 0;
        }
        headBytes++;
    }

    boolean areHttp2() {
        return !isOtherProtocol && prefaceBytes == PREFACE.length;
    }

    /** Returns whether the last byte ended a frame and no header block is open. */
    boolean isAtEnd() {
        return areHttp2() && headBytes == 0 && !isHeaderBlockOpen;
    }
}
