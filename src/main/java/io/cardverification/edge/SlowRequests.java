package io.cardverification.edge;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import io.cardverification.http.RequestLineHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * Gives every connection to the gateway and to its management port a {@link RequestDeadline}, and every request over HTTP/2 one
 * of its own, from its head on, at which its stream is reset.
 *
 * <p>
 * Why from the outside: Quarkus keeps its servers to itself, and neither it nor Vert.x has a handler that a connection meets
 * before its first request. Netty's way to add one, a service loaded by a system property, is for all of a JVM and outlives
 * the application.
 */
@Singleton
final class SlowRequests {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int BEFORE_ALL_OTHERS = 20_000;
    /** RFC 9113, 7. */
    private static final long CANCEL = 0x8;

    private final VertxInternal vertx;
    private final ConnectionGuards guards;
    private final long millis;
    private final Accepting accepting = new Accepting();

    SlowRequests(Vertx vertx, EdgeConfig config, ConnectionGuards guards) {
        this.vertx = (VertxInternal) vertx;
        this.guards = guards;
        this.millis = config.requestTimeout().toMillis();
    }

    void start(@Observes StartupEvent event) {
        if (millis < 1 || millis > LONGEST.toMillis()) {
            throw new ConfigurationException("gateway.edge.request-timeout must be 1 ms to 5 minutes");
        }
    }

    void listening(@ObservesAsync HttpServerStart started) {
        watch();
    }

    void listening(@ObservesAsync HttpsServerStart started) {
        watch();
    }

    void mark(@Observes Filters filters) {
        filters.register(this::mark, BEFORE_ALL_OTHERS);
    }

    void mark(@Observes ManagementInterface management) {
        management.router().route().order(-BEFORE_ALL_OTHERS).handler(this::mark);
    }

    private void mark(RoutingContext exchange) {
        var request = exchange.request();
        var channel = ((ConnectionBase) request.connection()).channel();
        var deadline = channel.pipeline().get(RequestDeadline.class);
        if (deadline == null) { // It came before anybody told that this port is open, as nobody does of the management port.
            watch();
        } else {
            deadline.begun(request);
            Connections.onEnd(exchange, deadline::answered);
        }
        if (request.version() == HttpVersion.HTTP_2) {
            limit(request, channel.eventLoop());
        }
        exchange.next();
    }

    /** The limit is cancelled when the request ends or its stream is closed. An answer may end before its request does. */
    private void limit(HttpServerRequest request, EventLoop loop) {
        if (request.isEnded()) {
            return;
        }
        var reset = loop.schedule(() -> {
            if (!request.response().closed()) {
                request.response().reset(CANCEL);
            }
        }, millis, TimeUnit.MILLISECONDS);
        request.end().onComplete(ended -> reset.cancel(false));
    }

    /** What accepts connections lives on event loops of its own. */
    private void watch() {
        for (var loop : vertx.getAcceptorEventLoopGroup()) {
            loop.execute(() -> ((SingleThreadEventLoop) loop).registeredChannelsIterator().forEachRemaining(this::watch));
        }
    }

    private void watch(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(Accepting.class) == null) {
            channel.pipeline().addFirst(accepting);
        }
    }

    @Sharable
    private final class Accepting extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
            if (guards.admit(context.channel(), (Channel) accepted)) {
                ((Channel) accepted).pipeline().addLast(new RequestDeadline(millis), new RequestLineHandler());
                super.channelRead(context, accepted);
            }
        }
    }
}
