package io.cardverification.tracing;

import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.MDC;

import io.cardverification.http.FilterOrder;
import io.quarkus.vertx.http.runtime.filters.Filters;

/**
 * Gives each request an ID that the gateway generates. The ID is in the response header and in every log line of the
 * request's context.
 */
@Singleton
final class RequestIdFilter {

    static final String HEADER = "Gateway-Request-Id";

    /** Different from {@code requestId}, which is the upstream's ID. */
    static final String KEY = "gatewayRequestId";

    void register(@Observes Filters filters) {
        filters.register(exchange -> {
            var id = UUID.randomUUID().toString();
            exchange.response().putHeader(HEADER, id);
            MDC.put(KEY, id);
            exchange.next();
        }, FilterOrder.REQUEST_ID);
    }
}
