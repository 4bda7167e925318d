package io.cardverification.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.netty.channel.ChannelPipeline;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.ext.web.RoutingContext;

/**
 * Adds the gateway's handlers to the Netty pipeline of a connection at its first request. They are not necessary before,
 * and stay for later requests.
 */
@Singleton
final class PipelineCustomizer {

    private final ClosedStreamExceptionHandler closedStreams = new ClosedStreamExceptionHandler();

    void customize(@Observes Filters filters) {
        filters.register(this::customize, FilterOrder.PIPELINE);
    }

    void customize(@Observes ManagementInterface management) {
        management.router().route().order(-FilterOrder.PIPELINE).handler(this::customize);
    }

    private void customize(RoutingContext exchange) {
        var request = exchange.request();
        var pipeline = ((ConnectionBase) request.connection()).channel().pipeline();
        if (request.version() == HttpVersion.HTTP_2) {
            customizeHttp2(pipeline);
        } else {
            customizeHttp1(pipeline);
        }
        exchange.next();
    }

    private void customizeHttp2(ChannelPipeline pipeline) {
        if (pipeline.get(ClosedStreamExceptionHandler.class) == null) {
            pipeline.addFirst(closedStreams);
        }
    }

    private static void customizeHttp1(ChannelPipeline pipeline) {
        var last = pipeline.context(VertxHandler.class);
        if (last != null && pipeline.get(SequentialRequestHandler.class) == null) {
            pipeline.addBefore(last.name(), null, new SequentialRequestHandler());
        }
    }
}
