package io.cardverification.tracing;

import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.MDC;

import io.quarkus.vertx.http.runtime.filters.Filters;

/** The gateway's own name for each request: told in its answer, and in every log line that is written in its context. */
@Singleton
final class RequestIdFilter {

    static final String HEADER = "Gateway-Request-Id";

    /** Not {@code requestId}, which is the upstream's. */
    static final String KEY = "gatewayRequestId";

    /** Before both doors. */
    private static final int PRIORITY = 9_000;

    void register(@Observes Filters filters) {
        filters.register(exchange -> {
            var id = UUID.randomUUID().toString();
            exchange.response().putHeader(HEADER, id);
            MDC.put(KEY, id);
            exchange.next();
        }, PRIORITY);
    }
}
