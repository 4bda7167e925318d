package io.cardverification.performance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One HTTP/1.1 connection that asks one thing at a time, bare, so that asking costs this machine little. */
final class LoadConnection {

    private static final int LARGEST_ANSWER = 2_048;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(LARGEST_ANSWER);
    private long dueNanos;
    private int asked;
    private boolean awaiting;

    /** @param address of this machine, to come from */
    LoadConnection(String address, int port) throws IOException {
        channel = SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true)
                .bind(new InetSocketAddress(address, 0));
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        channel.configureBlocking(false);
    }

    SocketChannel channel() {
        return channel;
    }

    /** When its question was to be sent, whenever it was. */
    long dueNanos() {
        return dueNanos;
    }

    int asked() {
        return asked;
    }

    /** Whether its last question has no answer yet. */
    boolean isAwaiting() {
        return awaiting;
    }

    void ask(byte[] request, long dueNanos) throws IOException {
        this.dueNanos = dueNanos;
        asked++;
        awaiting = true;
        in.clear();
        if (channel.write(ByteBuffer.wrap(request)) < request.length) {
            throw new IOException("a request did not fit into an empty connection");
        }
    }

    /** @return whether the answer is whole, and can be asked for */
    boolean read() throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("the gateway hung up");
        }
        awaiting = Framing.length(in.array(), in.position()) == Framing.UNFINISHED;
        return !awaiting;
    }

    int status() {
        return (in.get(9) - '0') * 100 + (in.get(10) - '0') * 10 + in.get(11) - '0';
    }

    /** Head and body. */
    String text() {
        return new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
    }
}
