package io.cardverification.rest;

import java.util.Map;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.vertx.ext.web.Router;

/** Writes problem documents for requests that are refused before any resource sees them, such as those without Host. */
@Singleton
final class Unroutable {

    private static final Map<Integer, ProblemType> PROBLEMS = Map.of(400, ProblemType.UNROUTABLE, 501,
            ProblemType.UNKNOWN_TRANSFER_CODING, 505, ProblemType.UNSUPPORTED_HTTP_VERSION);

    private final QuotaHeaders quota;

    Unroutable(QuotaHeaders quota) {
        this.quota = quota;
    }

    void answer(@Observes Router router) {
        router.route("/v1/*").failureHandler(exchange -> {
            var problem = PROBLEMS.get(exchange.statusCode());
            if (problem == null) {
                exchange.next();
                return;
            }
            quota.now().forEach(exchange.response()::putHeader);
            problem.answer(exchange.response());
        });
    }
}
