package io.cardverification.rest;

import java.io.ByteArrayInputStream;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads bodies of at most 64 KiB, on the event loop, whether they announce their length or not.
 *
 * <p>
 * Rejected, both measured with 3.33.2: {@code quarkus.http.limits.max-body-size}, which answers 413 without a document and
 * reads a chunked body on a blocking worker thread, where too much of it ends in a stack trace; Vert.x' body handler before
 * Quarkus REST, which then fails every HTTP/2 request.
 */
final class BodyLimit {

    private static final int MAX_BYTES = 64 * 1024;
    private static final long LINGER_MILLIS = 1_000;

    private final Vertx vertx;

    BodyLimit(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Emits null for Quarkus REST to go on with what was read, or the refusal. */
    @ServerRequestFilter(preMatching = true)
    Uni<Response> read(ContainerRequestContext context, RoutingContext exchange) {
        var request = exchange.request();
        if (request.isEnded()) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom().emitter(rest -> {
            if (announced(request) > MAX_BYTES) {
                refuse(exchange, rest);
                request.resume();
                return;
            }
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                request.response().writeContinue();
            }
            read(context, exchange, rest);
        });
    }

    private void read(ContainerRequestContext context, RoutingContext exchange, UniEmitter<? super Response> rest) {
        var request = exchange.request();
        var body = Buffer.buffer();
        request.handler(data -> {
            if (body.length() + data.length() <= MAX_BYTES) {
                body.appendBuffer(data);
            } else {
                refuse(exchange, rest);
            }
        });
        request.endHandler(end -> {
            context.setEntityStream(new ByteArrayInputStream(body.getBytes()));
            rest.complete(null);
        });
        // Who hangs up or breaks the framing is owed no stack trace.
        request.exceptionHandler(broken -> rest.complete(
                ProblemType.MALFORMED_JSON.problem("The body broke off").build().toResponse()));
        request.resume();
    }

    private static long announced(HttpServerRequest request) {
        try {
            return Long.parseLong(request.getHeader("Content-Length"));
        } catch (NumberFormatException e) {
            return 0; // chunked, or HTTP/2 without a length
        }
    }

    /**
     * Over HTTP/1.1 the connection ends with the answer: what is left of the body is dropped for a second, so that the client
     * can read the answer, and no request behind it is taken.
     */
    private void refuse(RoutingContext exchange, UniEmitter<? super Response> rest) {
        var request = exchange.request();
        var problem = ProblemType.BODY_TOO_LARGE.problem();
        request.handler(dropped -> {
        });
        request.exceptionHandler(gone -> {
        });
        request.endHandler(end -> {
        });
        if (request.version() != HttpVersion.HTTP_2) {
            problem.withHeader("Connection", "close");
            exchange.addEndHandler(sent -> closeSoon(request));
        }
        rest.complete(problem.build().toResponse());
    }

    private void closeSoon(HttpServerRequest request) {
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        request.endHandler(end -> request.connection().close());
        vertx.setTimer(LINGER_MILLIS, id -> request.connection().close());
    }
}
