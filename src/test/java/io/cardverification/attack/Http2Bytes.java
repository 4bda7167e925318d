package io.cardverification.attack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 (RFC 9113), by hand: no client library leaves answers unread. */
public final class Http2Bytes {

    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_STREAM_END_HEADERS = 5;
    private static final int INITIAL_WINDOW_SIZE = 4;
    /** Indexed fields of HPACK's static table, and literals whose names are there. */
    private static final int METHOD_GET = 0x82;
    private static final int SCHEME_HTTP = 0x86;
    private static final int AUTHORITY = 1;
    private static final int PATH = 4;
    private static final int AUTHORIZATION = 0x0f;
    private static final int AUTHORIZATION_REST = 23 - 15;

    private Http2Bytes() {
    }

    /** What a client begins with that takes so many bytes of each answer, and no more. */
    public static byte[] preface(int window) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(frame(SETTINGS, 0, 0, new byte[] { 0, INITIAL_WINDOW_SIZE, (byte) (window >> 24),
                (byte) (window >> 16), (byte) (window >> 8), (byte) window }));
        return bytes.toByteArray();
    }

    /** @param authorization empty for none */
    public static byte[] get(int stream, String path, String authorization) {
        var fields = new ByteArrayOutputStream();
        fields.write(METHOD_GET);
        fields.write(SCHEME_HTTP);
        fields.write(AUTHORITY);
        literal(fields, "localhost");
        fields.write(PATH);
        literal(fields, path);
        if (!authorization.isEmpty()) {
            fields.write(AUTHORIZATION);
            fields.write(AUTHORIZATION_REST);
            literal(fields, authorization);
        }
        return frame(HEADERS, END_STREAM_END_HEADERS, stream, fields.toByteArray());
    }

    /** Not Huffman-coded; up to 126 bytes. */
    private static void literal(ByteArrayOutputStream fields, String value) {
        fields.write(value.length());
        fields.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] { (byte) (payload.length >> 16), (byte) (payload.length >> 8), (byte) payload.length,
                (byte) type, (byte) flags, (byte) (stream >> 24), (byte) (stream >> 16), (byte) (stream >> 8), (byte) stream });
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }
}
