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
 * Gives every connection to the gateway and to its management port a {@link RequestTimeoutHandler}, and every request over
 * HTTP/2 one
 * of its own, from its head on, at which its stream is reset.
 *
 * <p>
 * Why from the outside: Quarkus keeps its servers to itself, and neither it nor Vert.x has a handler that a connection meets
 * before its first request. Netty's way to add one, a service loaded by a system property, is for all of a JVM and outlives
 * the application.
 */
@Singleton
final class SlowRequestGuard {

    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);
    private static final int PRIORITY = 20_000;
    /** RFC 9113, 7. */
    private static final long CANCEL = 0x8;

    private final VertxInternal vertx;
    private final ConnectionGuards guards;
    private final long millis;
    private final AcceptHandler acceptHandler = new AcceptHandler();

    SlowRequestGuard(Vertx vertx, EdgeConfig config, ConnectionGuards guards) {
        this.vertx = (VertxInternal) vertx;
        this.guards = guards;
        this.millis = config.requestTimeout().toMillis();
    }

    void start(@Observes StartupEvent event) {
        if (millis < 1 || millis > MAX_TIMEOUT.toMillis()) {
            throw new ConfigurationException("gateway.edge.request-timeout must be 1 ms to 5 minutes");
        }
    }

    void onServerStart(@ObservesAsync HttpServerStart started) {
        installAcceptHandler();
    }

    void onServerStart(@ObservesAsync HttpsServerStart started) {
        installAcceptHandler();
    }

    void handle(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    void handle(@Observes ManagementInterface management) {
        management.router().route().order(-PRIORITY).handler(this::handle);
    }

    private void handle(RoutingContext exchange) {
        var request = exchange.request();
        var channel = ((ConnectionBase) request.connection()).channel();
        var timeout = channel.pipeline().get(RequestTimeoutHandler.class);
        if (timeout == null) { // It came before anybody told that this port is open, as nobody does of the management port.
            installAcceptHandler();
        } else {
            timeout.onHead(request);
            Connections.onEnd(exchange, timeout::onResponseEnd);
        }
        if (request.version() == HttpVersion.HTTP_2) {
            limitStream(request, channel.eventLoop());
        }
        exchange.next();
    }

    /** The limit is cancelled when the request ends or its stream is closed. An answer may end before its request does. */
    private void limitStream(HttpServerRequest request, EventLoop loop) {
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
    private void installAcceptHandler() {
        for (var loop : vertx.getAcceptorEventLoopGroup()) {
            loop.execute(() -> ((SingleThreadEventLoop) loop).registeredChannelsIterator()
                    .forEachRemaining(this::installAcceptHandler));
        }
    }

    private void installAcceptHandler(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(AcceptHandler.class) == null) {
            channel.pipeline().addFirst(acceptHandler);
        }
    }

    @Sharable
    private final class AcceptHandler extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
            if (guards.admit(context.channel(), (Channel) accepted)) {
                ((Channel) accepted).pipeline().addLast(new RequestTimeoutHandler(millis), new RequestLineHandler());
                super.channelRead(context, accepted);
            }
        }
    }
}
