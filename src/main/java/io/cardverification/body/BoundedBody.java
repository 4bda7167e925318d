package io.cardverification.body;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** Reads a body of at most so many bytes, whether it announces its length or not. Threads: the request's event loop. */
public final class BoundedBody {

    private static final long LINGER_MILLIS = 1_000;

    /**
     * What became of a body. One of the two is called, once; neither if the body breaks off: then the stream is reset or the
     * connection is closed, and an answer would reach nobody.
     */
    public interface Reader {

        /** @param bytes all of it; empty where there was none */
        void whole(byte[] bytes);

        /** The rest of it is dropped: there is nothing to do but answer. */
        void tooLarge();
    }

    private final RoutingContext exchange;
    private final int maxBytes;
    private final Reader reader;
    private final Buffer body = Buffer.buffer();

    private BoundedBody(RoutingContext exchange, int maxBytes, Reader reader) {
        this.exchange = exchange;
        this.maxBytes = maxBytes;
        this.reader = reader;
    }

    public static void read(RoutingContext exchange, int maxBytes, Reader reader) {
        if (exchange.request().isEnded()) {
            reader.whole(new byte[0]);
        } else {
            new BoundedBody(exchange, maxBytes, reader).read();
        }
    }

    private void read() {
        var request = exchange.request();
        if (exchange.response().closed()) {
            return;
        }
        if (announcedBytes(request) > maxBytes) {
            giveUp();
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.handler(data -> {
            if (body.length() + data.length() <= maxBytes) {
                body.appendBuffer(data);
            } else {
                giveUp();
            }
        });
        request.endHandler(end -> {
            // Else the exchange would hold all of this, and what the reader goes on with, for as long as its answer takes. One by
            // one: chained, the last would be the server's own, below Quarkus' wrapper.
            request.handler(null);
            request.endHandler(null);
            reader.whole(body.getBytes());
        });
        request.resume();
    }

    private void giveUp() {
        drop(exchange);
        reader.tooLarge();
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
    public static void drop(RoutingContext exchange) {
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
            exchange.addEndHandler(sent -> closeSoon(exchange));
        }
        request.resume();
    }

    private static void closeSoon(RoutingContext exchange) {
        var request = exchange.request();
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        request.endHandler(end -> request.connection().close());
        exchange.vertx().setTimer(LINGER_MILLIS, id -> request.connection().close());
    }
}
