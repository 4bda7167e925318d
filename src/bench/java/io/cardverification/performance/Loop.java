package io.cardverification.performance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * The one thread that asks and, as the {@link StubServer}, answers: no time is lost, and none measured, between threads of the
 * bench.
 */
final class Loop implements AutoCloseable {

    interface Ready {

        void ready(SelectionKey key) throws IOException;
    }

    private final Selector selector = Selector.open();
    private boolean spinning;

    Loop() throws IOException {
    }

    /**
     * Never to sleep: exact to the microsecond, at the price of a whole core. Otherwise it sleeps for a millisecond at most.
     */
    void spin(boolean spinning) {
        this.spinning = spinning;
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        return channel.register(selector, operations, ready);
    }

    void turn() throws IOException {
        if (spinning) {
            selector.selectNow(Loop::ready);
        } else {
            selector.select(Loop::ready, 1);
        }
    }

    private static void ready(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
