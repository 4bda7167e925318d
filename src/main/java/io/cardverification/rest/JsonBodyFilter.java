package io.cardverification.rest;

import java.io.ByteArrayInputStream;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import io.cardverification.http.ContentType;
import io.cardverification.http.JsonText;
import io.vertx.ext.web.RoutingContext;

/**
 * Rejects bodies that are not declared as JSON in UTF-8, or are not UTF-8. Runs after the match of path and method, so that a
 * wrong path or method is reported first.
 */
final class JsonBodyFilter {

    @ServerRequestFilter
    @Nullable
    Response check(ContainerRequestContext context, RoutingContext exchange) {
        var headers = exchange.request().headers();
        if (!ContentType.isIdentity(headers.getAll(HttpHeaders.CONTENT_ENCODING))) {
            return ProblemType.UNSUPPORTED_MEDIA_TYPE.problem("Send the body as it is, without Content-Encoding.")
                    .withHeader(HttpHeaders.ACCEPT_ENCODING, "identity").toResponse();
        }
        if (!ContentType.parse(headers.getAll(HttpHeaders.CONTENT_TYPE)).filter(type -> type.isUtf8(OpenApiContractFilter.JSON))
                .isPresent()) {
            return ProblemType.UNSUPPORTED_MEDIA_TYPE.problem().toResponse();
        }
        return isUtf8(context) ? null
                : ProblemType.MALFORMED_JSON.problem("The body is not JSON in UTF-8").toResponse();
    }

    /** Checks the body that {@link RequestBodyFilter} has read. */
    private static boolean isUtf8(ContainerRequestContext context) {
        if (!(context.getEntityStream() instanceof ByteArrayInputStream body)) {
            return true; // The request has no body.
        }
        var bytes = body.readAllBytes();
        body.reset();
        return JsonText.decode(bytes).isPresent();
    }
}
