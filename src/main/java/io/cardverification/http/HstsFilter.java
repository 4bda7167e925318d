package io.cardverification.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.filters.Filters;

/**
 * Adds {@code Strict-Transport-Security} to responses over TLS, for one year (RFC 6797). The RFC forbids it over plain
 * HTTP.
 */
@Singleton
final class HstsFilter {

    void register(@Observes Filters filters) {
        filters.register(exchange -> {
            if (exchange.request().isSSL()) {
                exchange.response().putHeader("Strict-Transport-Security", "max-age=31536000");
            }
            exchange.next();
        }, FilterOrder.HSTS);
    }
}
