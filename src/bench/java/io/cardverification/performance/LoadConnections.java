package io.cardverification.performance;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/** Many connections, served by the one thread that {@link #serve} is called on. */
final class LoadConnections implements AutoCloseable {

    /** As many addresses to come from, each with ports of its own: one might not have 20,000 that are free. */
    private static final int ADDRESSES = 4;

    interface ResponseListener {

        void answered(LoadConnection caller) throws IOException;
    }

    private final Loop loop;
    private final List<LoadConnection> all = new ArrayList<>();
    private ResponseListener listener = caller -> {
    };
    private int lost;

    LoadConnections(Loop loop, int count, int port) throws IOException {
        this.loop = loop;
        for (var i = 0; i < count; i++) {
            var caller = new LoadConnection("127.0.0." + (2 + i % ADDRESSES), port);
            loop.register(caller.channel(), SelectionKey.OP_READ, key -> read(caller));
            all.add(caller);
        }
    }

    List<LoadConnection> all() {
        return all;
    }

    long asked() {
        return all.stream().mapToLong(LoadConnection::asked).sum();
    }

    /** Those whose question will never be answered; the gateway may close what is idle for a minute. */
    int lost() {
        return lost;
    }

    /** Lets whoever has an answer have it. */
    void serve(ResponseListener listener) throws IOException {
        this.listener = listener;
        loop.turn();
    }

    /** Where the gateway has closed a connection so do we: whoever would ask over it is told. */
    private void read(LoadConnection caller) throws IOException {
        try {
            if (caller.read()) {
                listener.answered(caller);
            }
        } catch (IOException e) {
            lost += caller.isAwaiting() ? 1 : 0;
            caller.channel().close();
        }
    }

    @Override
    public void close() throws IOException {
        for (var caller : all) {
            caller.channel().close();
        }
    }
}
