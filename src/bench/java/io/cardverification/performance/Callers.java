package io.cardverification.performance;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** Many connections, served by the one thread that {@link #serve} is called on. */
final class Callers implements AutoCloseable {

    /** As many addresses to come from, each with ports of its own: one might not have 20,000 that are free. */
    private static final int ADDRESSES = 4;

    interface Listener {

        void answered(Caller caller, Caller.Answer answer) throws IOException;
    }

    private final Selector selector = Selector.open();
    private final List<Caller> all = new ArrayList<>();
    private int lost;

    Callers(int count, int port) throws IOException {
        for (var i = 0; i < count; i++) {
            var caller = new Caller("127.0.0." + (2 + i % ADDRESSES), port);
            caller.channel().register(selector, SelectionKey.OP_READ, caller);
            all.add(caller);
        }
    }

    List<Caller> all() {
        return all;
    }

    /** Those whose question will never be answered; the gateway may close what is idle for a minute. */
    int lost() {
        return lost;
    }

    /** Waits a millisecond at most for answers to come. */
    void serve(Listener listener) throws IOException {
        selector.select(key -> serve(key, (Caller) key.attachment(), listener), 1);
    }

    private void serve(SelectionKey key, Caller caller, Listener listener) {
        try {
            var answer = caller.read();
            if (answer != null) {
                listener.answered(caller, answer);
            }
        } catch (IOException e) {
            lost += caller.isAwaiting() ? 1 : 0;
            key.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        for (var caller : all) {
            caller.channel().close();
        }
        selector.close();
    }
}
