package io.cardverification.rest;

import java.util.Map;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.vertx.ext.web.Router;

/** Writes problem documents for requests that are rejected before any resource, for example without Host. */
@Singleton
final class InvalidHttpRequestHandler {

    private static final Map<Integer, ProblemType> PROBLEMS = Map.of(400, ProblemType.INVALID_HTTP_REQUEST, 501,
            ProblemType.UNKNOWN_TRANSFER_CODING, 505, ProblemType.UNSUPPORTED_HTTP_VERSION);

    private final RateLimitHeaders rateLimit;

    InvalidHttpRequestHandler(RateLimitHeaders rateLimit) {
        this.rateLimit = rateLimit;
    }

    void register(@Observes Router router) {
        router.route("/v1/*").failureHandler(exchange -> {
            var problem = PROBLEMS.get(exchange.statusCode());
            if (problem == null) {
                exchange.next();
                return;
            }
            rateLimit.current().forEach(exchange.response()::putHeader);
            problem.send(exchange.response());
        });
    }
}
