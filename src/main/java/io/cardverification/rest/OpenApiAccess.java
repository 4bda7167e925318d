package io.cardverification.rest;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.cardverification.http.LimitedBodyReader;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Requires an API key for the OpenAPI document. The document is a hundred times as long as its request, so without a key it
 * would allow amplification attacks.
 *
 * <p>
 * Rejected: the management port, since callers need the document. Rejected: a policy by path. The router decides what a path
 * is, and the document's route is in the same router.
 */
@Singleton
final class OpenApiAccess {

    private static final int BEFORE_DOCUMENT_ROUTE = -1;

    private final HttpAuthenticator authenticator;

    OpenApiAccess(HttpAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    void requireAuthentication(@Observes Router router) {
        router.route("/q/openapi*").order(BEFORE_DOCUMENT_ROUTE)
                .handler(exchange -> authenticator.attemptAuthentication(exchange)
                        .subscribe().with(caller -> exchange.next(), failure -> refuse(exchange)));
    }

    private static void refuse(RoutingContext exchange) {
        LimitedBodyReader.discard(exchange);
        ProblemType.UNAUTHENTICATED.send(exchange.response().putHeader("WWW-Authenticate", "Bearer"));
    }
}
