package io.cardverification.sandbox;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** Sends a response, or fails as a fault requires. Threads: the sandbox's event loop. */
final class FaultyResponseWriter {

    private static final long BYTE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private FaultyResponseWriter() {
    }

    static void send(RoutingContext exchange, SandboxResponse response, String requestId, Optional<Fault> fault) {
        var httpResponse = exchange.response();
        if (httpResponse.ended() || httpResponse.closed()) {
            return;
        }
        var envelope = response.envelope(requestId).toBuffer();
        switch (fault.map(Fault::kind).orElse(Fault.Kind.ERROR)) {
            case REFUSE_CONNECTIONS, RESET_BEFORE_BODY, RESET_AFTER_BODY -> reset(exchange);
            case NEVER_ANSWER -> {
                // The client may time out.
            }
            case TRUNCATE -> truncate(exchange, envelope);
            case SLOW_BYTES -> trickle(exchange, envelope);
            case HTTP_500 -> fail(exchange, 500);
            case HTTP_502 -> fail(exchange, 502);
            case HTTP_429 -> fail(exchange, 429);
            case WRONG_CONTENT_TYPE -> send(exchange, 200, "text/html", envelope);
            case ERROR -> send(exchange, 200, "application/json", envelope);
        }
    }

    /** Responds as an overloaded proxy does, or a proxy whose backend fails. */
    private static void fail(RoutingContext exchange, int status) {
        send(exchange, status, "text/html", Buffer.buffer("<html><body><h1>" + status + "</h1></body></html>"));
    }

    /** Sends a media type without parameters, because official SDKs accept no other. */
    private static void send(RoutingContext exchange, int status, String type, Buffer body) {
        exchange.response().setStatusCode(status).putHeader("Content-Type", type).end(body);
    }

    /** Sends an RST instead of an orderly end of the connection. */
    static void reset(RoutingContext exchange) {
        if (exchange.request().version() == HttpVersion.HTTP_2) {
            exchange.response().reset();
            return;
        }
        var channel = ((ConnectionBase) exchange.request().connection()).channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = channel.close();
    }

    private static void truncate(RoutingContext exchange, Buffer envelope) {
        head(exchange, envelope);
        exchange.response().write(envelope.slice(0, envelope.length() / 2))
                .onComplete(written -> exchange.request().connection().close());
    }

    private static void trickle(RoutingContext exchange, Buffer envelope) {
        head(exchange, envelope);
        trickle(exchange, envelope, 0);
    }

    private static void trickle(RoutingContext exchange, Buffer envelope, int sent) {
        if (exchange.response().closed()) {
            return;
        }
        if (sent == envelope.length()) {
            exchange.response().end();
            return;
        }
        exchange.response().write(envelope.slice(sent, sent + 1));
        schedule(exchange, BYTE_NANOS, () -> trickle(exchange, envelope, sent + 1));
    }

    private static void head(RoutingContext exchange, Buffer envelope) {
        exchange.response().setStatusCode(200).putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", Integer.toString(envelope.length()));
    }

    /**
     * Runs the task on the sandbox's event loop. Uses Netty's timer, because that of Vert.x supports whole milliseconds only.
     */
    static void schedule(RoutingContext exchange, long nanos, Runnable task) {
        if (nanos <= 0) {
            task.run();
            return;
        }
        var unused = ((ContextInternal) exchange.vertx().getOrCreateContext()).nettyEventLoop()
                .schedule(task, nanos, TimeUnit.NANOSECONDS);
    }
}
