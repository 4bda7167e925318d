package io.cardverification.body;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** Reads a body of at most so many bytes, whether it announces its length or not. Threads: the request's event loop. */
public final class LimitedBodyReader {

    private static final long LINGER_MILLIS = 1_000;

    /**
     * What became of a body. One of the two is called, once; neither if the body breaks off: then the stream is reset or the
     * connection is closed, and an answer would reach nobody.
     */
    public interface Callback {

        /** @param bytes all of it; empty where there was none */
        void onBody(byte[] bytes);

        /** The rest of it is dropped: there is nothing to do but answer. */
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
            // Else the exchange would hold all of this, and what the callback goes on with, for as long as its answer takes. One by
            // one: chained, the last would be the server's own, below Quarkus' wrapper.
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

    /** @return 0 where it is not known: chunked, or HTTP/2 without a length */
    public static long announcedBytes(HttpServerRequest request) {
        try {
            return Long.parseLong(request.getHeader("Content-Length"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Lets the answer be given before the body has come. Over HTTP/1.1 the connection ends with it: what is left of the body is
     * dropped for a second, so that the client can read the answer, and no request behind it is taken.
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
