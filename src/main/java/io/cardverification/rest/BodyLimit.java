package io.cardverification.rest;

import java.io.ByteArrayInputStream;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

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

    /** Emits null for Quarkus REST to go on with what was read, or the refusal. */
    @ServerRequestFilter(preMatching = true)
    Uni<Response> read(ContainerRequestContext context, HttpServerRequest request) {
        if (request.isEnded()) {
            return Uni.createFrom().nullItem();
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        return Uni.createFrom().emitter(rest -> read(context, request, rest));
    }

    private static void read(ContainerRequestContext context, HttpServerRequest request,
            UniEmitter<? super Response> rest) {
        var body = Buffer.buffer();
        request.handler(data -> {
            if (body.length() + data.length() <= MAX_BYTES) {
                body.appendBuffer(data);
            } else {
                request.handler(ignored -> {
                });
                rest.complete(refusal(request));
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

    private static Response refusal(HttpServerRequest request) {
        var problem = ProblemType.BODY_TOO_LARGE.problem();
        if (request.version() != HttpVersion.HTTP_2) {
            problem.withHeader("Connection", "close"); // rather than read the rest of it
        }
        return problem.build().toResponse();
    }
}
