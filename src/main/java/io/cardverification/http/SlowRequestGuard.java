package io.cardverification.http;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
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
 * Gives every connection to the gateway and to its management port a {@link RequestTimeoutHandler}. Gives each HTTP/2
 * request a timeout from its head on, after which its stream is reset.
 *
 * <p>
 * Reason for finding the server channels on the event loops: Quarkus does not expose its servers. Neither Quarkus nor
 * Vert.x calls application code for a connection before its first request. Netty can load such a handler as a service by a
 * system property, but that applies to the whole JVM and outlives the application.
 */
@Singleton
final class SlowRequestGuard {

    /** RFC 9113, 7. */
    private static final long CANCEL = 0x8;

    private final VertxInternal vertx;
    private final ConnectionGuards guards;
    private final long millis;
    private final AcceptHandler acceptHandler = new AcceptHandler();

    SlowRequestGuard(Vertx vertx, ConnectionConfig config, ConnectionGuards guards) {
        this.vertx = (VertxInternal) vertx;
        this.guards = guards;
        this.millis = config.requestTimeout().toMillis();
    }

    void onServerStart(@ObservesAsync HttpServerStart started) {
        installAcceptHandler();
    }

    void onServerStart(@ObservesAsync HttpsServerStart started) {
        installAcceptHandler();
    }

    void handle(@Observes Filters filters) {
        filters.register(this::handle, FilterOrder.SLOW_REQUESTS);
    }

    void handle(@Observes ManagementInterface management) {
        management.router().route().order(-FilterOrder.SLOW_REQUESTS).handler(this::handle);
    }

    private void handle(RoutingContext exchange) {
        var request = exchange.request();
        var channel = ((ConnectionBase) request.connection()).channel();
        var timeout = channel.pipeline().get(RequestTimeoutHandler.class);
        if (timeout == null) { // Accepted before the event of the open port; the management port has no such event.
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

    /**
     * The timeout is cancelled when the request ends or its stream is closed. A response may end before its request does.
     */
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

    /** Server channels are registered on separate acceptor event loops. */
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
