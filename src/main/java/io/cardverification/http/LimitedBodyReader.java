package io.cardverification.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads a request body up to a maximum size, with or without a {@code Content-Length}. Threads: the request's event loop.
 */
public final class LimitedBodyReader {

    private static final long LINGER_MILLIS = 1_000;

    /**
     * Receives the body. Exactly one method is called, once. If the body
     * is incomplete, neither is called. Then the stream is reset or the connection is closed, and a response would not reach
     * the client.
     */
    public interface Callback {

        /** @param bytes the complete body; empty if the request has no body */
        void onBody(byte[] bytes);

        /** The body is longer than the maximum. The reader discards the rest, so the callback only has to respond. */
        void onTooLarge();
    }

    private final RoutingContext exchange;
    private final int maxBytes;
    private final Callback callback;
    private final Buffer body = Buffer.buffer();

    private LimitedBodyReader(RoutingContext exchange, int maxBytes, Callback callback) {
        this.exchange = exchange;
        this.maxBytes = maxBytes;
        this.callback = callback;
    }

    public static void read(RoutingContext exchange, int maxBytes, Callback callback) {
        if (exchange.request().isEnded()) {
            callback.onBody(new byte[0]);
        } else {
            new LimitedBodyReader(exchange, maxBytes, callback).read();
        }
    }

    private void read() {
        var request = exchange.request();
        if (exchange.response().closed()) {
            return;
        }
        if (announcedBytes(request) > maxBytes) {
            rejectTooLarge();
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.handler(data -> {
            if (body.length() + data.length() <= maxBytes) {
                body.appendBuffer(data);
            } else {
                rejectTooLarge();
            }
        });
        request.endHandler(end -> {
            // Otherwise the exchange would reference the body and the callback's objects until the response ends. The setters
            // are not chained: the second call would then apply to the server's own request, below Quarkus' wrapper.
            request.handler(null);
            request.endHandler(null);
            callback.onBody(body.getBytes());
        });
        request.resume();
    }

    private void rejectTooLarge() {
        discard(exchange);
        callback.onTooLarge();
    }

    /** @return the value of {@code Content-Length}; 0 if it is unknown: chunked, or HTTP/2 without a length */
    public static long announcedBytes(HttpServerRequest request) {
        try {
            return Long.parseLong(request.getHeader("Content-Length"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Lets the gateway respond before the body is complete.
     *
     * <p>
     * Over HTTP/1.1 the connection closes after the response, and later requests on it are not processed. Before that, the
     * rest of the body is discarded for a second, so that the client can read the response.
     */
    public static void discard(RoutingContext exchange) {
        var request = exchange.request();
        if (request.isEnded()) {
            return;
        }
        request.handler(dropped -> {
        });
        request.exceptionHandler(gone -> {
        });
        request.endHandler(end -> {
        });
        if (request.version() != HttpVersion.HTTP_2) {
            exchange.response().putHeader("Connection", "close");
            exchange.addEndHandler(sent -> closeAfterLinger(exchange));
        }
        request.resume();
    }

    private static void closeAfterLinger(RoutingContext exchange) {
        var request = exchange.request();
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        request.endHandler(end -> request.connection().close());
        exchange.vertx().setTimer(LINGER_MILLIS, id -> request.connection().close());
    }
}
