package io.cardverification.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;

import io.vertx.core.buffer.Buffer;

/** One HTTP/2 connection, with prior knowledge, over which frames go as they are (RFC 9113). Threads: one. */
public final class RawHttp2 implements AutoCloseable {

    public static final int DATA = 0x0;
    public static final int HEADERS = 0x1;
    public static final int RST_STREAM = 0x3;
    public static final int SETTINGS = 0x4;
    public static final int PING = 0x6;
    public static final int GOAWAY = 0x7;
    private static final int WINDOW_UPDATE = 0x8;
    /** Added to the 64 KiB of the connection, which a few answers would fill: none of them is acknowledged. */
    private static final int CONNECTION_WINDOW = 1 << 30;

    /** Of DATA and HEADERS; of SETTINGS and PING it is ACK. */
    public static final int END_STREAM = 0x1;
    public static final int END_HEADERS = 0x4;

    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int MAX_FRAMES = 1_000_000;
    private static final int HANG_MILLIS = 30_000;
    private static final int LONGEST_SHORT = 127;
    private static final int STREAM_ID = 0x7fff_ffff;

    public record Frame(int type, int flags, int stream, Buffer payload) {

        public String text() {
            return payload.toString();
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    /** Frames that came before the answer to a ping. */
    private final Queue<Frame> received = new ArrayDeque<>();

    /** Over a connection that has said nothing yet; sends preface and settings. */
    public RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(HANG_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        unsent.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0);
        frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(Integer.BYTES).putInt(CONNECTION_WINDOW).array()).send();
    }

    public RawHttp2(int port) throws IOException {
        this(new Socket("localhost", port));
    }

    public Socket socket() {
        return socket;
    }

    /** Adds a frame to those that {@link #send} sends at once. */
    public RawHttp2 frame(int type, int flags, int stream, byte... payload) {
        unsent.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((payload.length << Byte.SIZE) | type).array());
        unsent.write(flags);
        unsent.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(stream).array());
        unsent.writeBytes(payload);
        return this;
    }

    /** The head of a POST, with more headers: names and values. */
    public RawHttp2 post(int stream, String path, String... headers) {
        return frame(HEADERS, END_HEADERS, stream, block(path, headers));
    }

    public static byte[] block(String path, String... headers) {
        var block = new ByteArrayOutputStream();
        header(block, ":method", "POST");
        header(block, ":scheme", "http");
        header(block, ":authority", "localhost");
        header(block, ":path", path);
        for (var i = 0; i < headers.length; i += 2) {
            header(block, headers[i], headers[i + 1]);
        }
        return block.toByteArray();
    }

    /** RFC 7541, 6.2.2: a literal without indexing, with a new name, without Huffman's code. */
    private static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (var text : new String[] { name, value }) {
            length(block, text.length());
            block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void length(ByteArrayOutputStream block, int length) {
        block.write(Math.min(length, LONGEST_SHORT));
        if (length >= LONGEST_SHORT) {
            var rest = length - LONGEST_SHORT;
            for (; rest > LONGEST_SHORT; rest >>= Byte.SIZE - 1) {
                block.write((rest & LONGEST_SHORT) | (LONGEST_SHORT + 1));
            }
            block.write(rest);
        }
    }

    public RawHttp2 data(int stream, boolean isLast, String text) {
        return frame(DATA, isLast ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.UTF_8));
    }

    public RawHttp2 reset(int stream, int code) {
        return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(Integer.BYTES).putInt(code).array());
    }

    public void send() throws IOException {
        socket.getOutputStream().write(unsent.toByteArray());
        unsent.reset();
    }

    /** Everything that was sent before is then known to have been read. Other frames that come meanwhile are read later. */
    public void ping() throws IOException {
        frame(PING, 0, 0, new byte[Long.BYTES]).send();
        for (var frame = receive(); frame.type() != PING; frame = receive()) {
            received.add(frame);
        }
    }

    /** @throws EOFException where the connection has ended */
    public Frame read() throws IOException {
        return received.isEmpty() ? receive() : received.remove();
    }

    private Frame receive() throws IOException {
        var lengthAndType = in.readInt();
        var flags = in.readUnsignedByte();
        var stream = in.readInt() & STREAM_ID;
        return new Frame(lengthAndType & 0xff, flags, stream, Buffer.buffer(in.readNBytes(lengthAndType >>> Byte.SIZE)));
    }

    /** Skips all others. */
    public Frame await(Predicate<Frame> wanted) throws IOException {
        for (var frames = 0; frames < MAX_FRAMES; frames++) {
            var frame = read();
            if (wanted.test(frame)) {
                return frame;
            }
        }
        throw new IOException("received other frames only");
    }

    /** What the stream is answered, without headers; what other streams are told meanwhile is skipped. */
    public String answer(int stream) throws IOException {
        var body = new StringBuilder();
        Frame frame;
        do {
            frame = await(each -> each.stream() == stream && (each.type() == DATA || each.type() == HEADERS));
            body.append(frame.type() == DATA ? frame.text() : "");
        } while ((frame.flags() & END_STREAM) == 0);
        return body.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
