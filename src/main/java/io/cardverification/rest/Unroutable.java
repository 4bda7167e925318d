package io.cardverification.rest;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** What Vert.x refuses before any resource sees it, such as a request without Host, gets a problem document, too. */
@Singleton
final class Unroutable {

    private final QuotaHeaders quota;

    Unroutable(QuotaHeaders quota) {
        this.quota = quota;
    }

    void answer(@Observes Router router) {
        var problem = ProblemType.UNROUTABLE;
        router.route("/v1/*").failureHandler(exchange -> {
            if (exchange.statusCode() != problem.status()) {
                exchange.next();
                return;
            }
            var answer = exchange.response().setStatusCode(problem.status())
                    .putHeader("Content-Type", OpenApiContract.PROBLEM_JSON);
            quota.now().forEach(answer::putHeader);
            answer.end(new JsonObject().put("type", problem.uri().toString()).put("status", problem.status())
                    .put("title", problem.title()).put("detail", problem.remedy()).put("charged", false).toBuffer());
        });
    }
}
