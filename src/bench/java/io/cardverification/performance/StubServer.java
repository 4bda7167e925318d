package io.cardverification.performance;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The upstream: whatever it is asked, over connections that stay, it answers the same, at once, for next to nothing. Only the
 * request id is another one each time, since one that repeats is no answer.
 */
final class StubServer implements AutoCloseable {

    private static final int LARGEST_REQUEST = 8_192;
    private static final String BODY = "{\"Response\":{\"Result\":\"0\",\"Description\":\"Success\","
            + "\"RequestId\":\"37c38ac4-b93a-406c-8e58-000000000000\"}}";
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + BODY.length()
            + "\r\n\r\n" + BODY).getBytes(StandardCharsets.US_ASCII);

    /** The id's last digit, counted from the end, where three characters are behind it. */
    private static final int LAST_DIGIT = 4;

    private final Loop loop;
    private final ServerSocketChannel server = ServerSocketChannel.open();

    StubServer(Loop loop) throws IOException {
        this.loop = loop;
        server.bind(new InetSocketAddress("127.0.0.1", 0), 1_024).configureBlocking(false);
        loop.register(server, SelectionKey.OP_ACCEPT, this::accept);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    private void accept(SelectionKey key) throws IOException {
        var channel = server.accept();
        if (channel != null) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            loop.register(channel, SelectionKey.OP_READ, new Connection());
        }
    }

    private static final class Connection implements Loop.Ready {

        private final ByteBuffer in = ByteBuffer.allocate(LARGEST_REQUEST);
        private final ByteBuffer out = ByteBuffer.wrap(ANSWER.clone());
        private int answers;

        @Override
        public void ready(SelectionKey key) throws IOException {
            var channel = (SocketChannel) key.channel();
            try {
                if (channel.read(in) < 0) {
                    throw new EOFException();
                }
            } catch (IOException gone) {
                channel.close();
                return;
            }
            if (Framing.length(in.array(), in.position()) == in.position()) {
                in.clear();
                number();
                channel.write(out.rewind());
            }
        }

        /** Into the last eight digits of the request id. */
        private void number() {
            var rest = ++answers;
            for (var digit = ANSWER.length - LAST_DIGIT; rest > 0; digit--) {
                out.put(digit, (byte) Character.forDigit(rest & 0xF, 16));
                rest >>>= 4;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
