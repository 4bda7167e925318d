package io.cardverification.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What somebody without a key can do with connections to a gateway on this machine. Bounded in connections, bytes and time.
 *
 * <pre>
 * ./mvnw test-compile
 * java -cp target/test-classes io.cardverification.attack.Attack UNREAD_STREAMS 8080 80
 * </pre>
 */
public enum Attack {

    /** HTTP/2 streams whose answers have no window to be sent in. */
    UNREAD_STREAMS(80, 1) {
        @Override
        byte[] bytes() {
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(Http2Bytes.preface(0));
            for (var i = 0; i < 100; i++) {
                bytes.writeBytes(Http2Bytes.get(2 * i + 1, "/q/openapi", ""));
            }
            return bytes.toByteArray();
        }
    },
    /** Request lines and headers that do not end. */
    UNFINISHED_REQUESTS(2_200, 1) {
        @Override
        byte[] bytes() {
            return ("GET /?" + "a".repeat(32_000) + " HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "b".repeat(19_000))
                    .getBytes(StandardCharsets.US_ASCII);
        }
    },
    /** Requests behind one another, and no answer is read. */
    UNREAD_PIPELINE(5, 700) {
        @Override
        byte[] bytes() {
            return "GET /nope HTTP/1.1\r\nHost: a\r\n\r\n".repeat(500).getBytes(StandardCharsets.US_ASCII);
        }
    },
    /** One request each, and then silence. */
    IDLE_CONNECTIONS(2_200, 1) {
        @Override
        byte[] bytes() {
            return "GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        }
    };

    /** How often bytes that the other side does not take are offered, a millisecond apart. */
    private static final int PATIENCE = 50;
    private static final int RECEIVE_BUFFER = 4 * 1024;

    private final int connections;
    private final int repetitions;

    Attack(int connections, int repetitions) {
        this.connections = connections;
        this.repetitions = repetitions;
    }

    abstract byte[] bytes();

    public int connections() {
        return connections;
    }

    /**
     * Opens so many connections, a millisecond apart, and keeps them.
     *
     * @param goesOn asked every ten milliseconds when all are open
     * @return how many were opened
     */
    public int run(int port, int count, BooleanSupplier goesOn) {
        var open = new ArrayList<SocketChannel>();
        var bytes = bytes();
        try {
            while (open.size() < count) {
                open.add(begin(port, bytes));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            while (goesOn.getAsBoolean()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        } finally {
            open.forEach(Attack::close);
        }
        return open.size();
    }

    private SocketChannel begin(int port, byte[] bytes) {
        SocketChannel socket;
        try {
            socket = SocketChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.configureBlocking(false);
            for (var i = 0; i < repetitions; i++) {
                if (!send(socket, ByteBuffer.wrap(bytes))) {
                    break;
                }
            }
        } catch (IOException closed) {
            // That is what the gateway should do.
        }
        return socket;
    }

    /** @return whether all of it was taken */
    private static boolean send(SocketChannel socket, ByteBuffer bytes) throws IOException {
        for (var i = 0; i < PATIENCE && bytes.hasRemaining(); i++) {
            if (socket.write(bytes) == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        return !bytes.hasRemaining();
    }

    private static void close(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // As well.
        }
    }

    /** Attack, port, connections; a minute at most. */
    public static void main(String... arguments) {
        var attack = valueOf(arguments[0].toUpperCase(Locale.ROOT));
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        attack.run(Integer.parseInt(arguments[1]), arguments.length > 2 ? Integer.parseInt(arguments[2]) : attack.connections,
                () -> System.nanoTime() < end);
    }
}
