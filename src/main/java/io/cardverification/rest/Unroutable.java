package io.cardverification.rest;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** What Vert.x refuses before any resource sees it, such as a request without Host, gets a problem document, too. */
@Singleton
final class Unroutable {

    private static final int BAD_REQUEST = 400;

    void answer(@Observes Router router) {
        router.route("/v1/*").failureHandler(exchange -> {
            if (exchange.statusCode() != BAD_REQUEST) {
                exchange.next();
                return;
            }
            exchange.response().setStatusCode(BAD_REQUEST).putHeader("Content-Type", "application/problem+json")
                    .end(new JsonObject().put("type", "about:blank").put("status", BAD_REQUEST).put("title", "Bad Request")
                            .put("charged", false).toBuffer());
        });
    }
}
