package io.cardverification.http;

import org.jspecify.annotations.Nullable;

import io.netty.channel.Channel;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** Marks connections as authenticated, for packages that authenticate requests. */
public final class Connections {

    private Connections() {
    }

    /**
     * The request has a valid key. Its connection may be idle from now on, and is not closed for others. Threads: the
     * request's event loop.
     */
    public static void authenticated(RoutingContext exchange) {
        var guard = guard(exchange);
        if (guard != null) {
            guard.authenticate();
        }
    }

    /**
     * Runs the task after the exchange has ended, on the connection's event loop.
     *
     * <p>
     * Blocking handlers end an exchange on a worker thread. When the task runs, all bytes that they wrote are counted.
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

    /** @return null if the connection was accepted before the event that reports the open port */
    @Nullable
    static ConnectionGuard guard(RoutingContext exchange) {
        return channel(exchange).pipeline().get(ConnectionGuard.class);
    }
}
