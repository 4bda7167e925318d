package io.cardverification.performance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection that asks one thing at a time, bare, so that asking costs this machine little. */
final class Caller {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final int LARGEST_ANSWER = 2_048;

    /** @param text head and body */
    record Answer(int status, String text) {

        boolean isVerification() {
            return status == 200;
        }

        boolean isRefusedAtOnce() {
            return isQueueFull() && text.contains("\"waitedMillis\":0,");
        }

        boolean isWaitedOut() {
            return isQueueFull() && !isRefusedAtOnce();
        }

        private boolean isQueueFull() {
            return status == 503 && text.contains("\r\nRetry-After: ") && text.contains("queue-full");
        }
    }

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(LARGEST_ANSWER);
    private long dueNanos;
    private int asked;
    private boolean awaiting;

    /** @param address of this machine, to come from */
    Caller(String address, int port) throws IOException {
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

    /** @return null before it is whole */
    @Nullable Answer read() throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("the gateway hung up");
        }
        var text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
        var bodyAt = text.indexOf("\r\n\r\n") + 4;
        if (bodyAt < 4) {
            return null;
        }
        var length = LENGTH.matcher(text);
        if (!length.find()) {
            throw new IOException("an answer of no announced length");
        }
        awaiting = text.length() < bodyAt + Integer.parseInt(length.group(1));
        return awaiting ? null : new Answer(Integer.parseInt(text.substring(9, 12)), text);
    }
}
