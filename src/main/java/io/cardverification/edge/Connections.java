package io.cardverification.edge;

import org.jspecify.annotations.Nullable;

import io.netty.channel.Channel;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** The connections that requests came on, for those who know whose they are. */
public final class Connections {

    private Connections() {
    }

    /**
     * The request has shown a valid key: from now on its connection may be idle, and is not closed for others. Threads: the
     * request's event loop.
     */
    public static void authenticated(RoutingContext exchange) {
        var guard = guard(exchange);
        if (guard != null) {
            guard.authenticate();
        }
    }

    /**
     * Runs the task when the exchange has ended, on the connection's event loop, whichever thread has ended it: blocking
     * handlers
     * do so on their own. By then all that they have written is counted.
     */
    static void onEnd(RoutingContext exchange, Runnable task) {
        var loop = channel(exchange).eventLoop();
        exchange.addEndHandler(ended -> {
            if (loop.inEventLoop()) {
                task.run();
            } else {
                loop.execute(task);
            }
        });
    }

    private static Channel channel(RoutingContext exchange) {
        return ((ConnectionBase) exchange.request().connection()).channel();
    }

    /** @return null where the connection was accepted before anybody was told that the port is open */
    @Nullable
    static ConnectionGuard guard(RoutingContext exchange) {
        return channel(exchange).pipeline().get(ConnectionGuard.class);
    }
}
