package io.cardverification.rest;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.cardverification.body.BoundedBody;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets those read the OpenAPI document who may verify: it is a hundred times as long as its request, which makes it a weapon of
 * strangers. Why not on the management port: the contract is the callers'. Why not by a path policy: what a path is, is for the
 * router to say, and the document's own route is in this router, too.
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
        BoundedBody.drop(exchange);
        ProblemType.UNAUTHENTICATED.send(exchange.response().putHeader("WWW-Authenticate", "Bearer"));
    }
}
