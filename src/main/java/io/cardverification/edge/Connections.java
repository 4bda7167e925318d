package io.cardverification.edge;

import org.jspecify.annotations.Nullable;

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

    /** @return null where the connection was accepted before anybody was told that the port is open */
    @Nullable
    static ConnectionGuard guard(RoutingContext exchange) {
        return ((ConnectionBase) exchange.request().connection()).channel().pipeline().get(ConnectionGuard.class);
    }
}
