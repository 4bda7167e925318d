package io.cardverification.http;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Adds {@code Date} to every routed response when its head is sent (RFC 9110, 6.6.1). Threads: any. */
@Singleton
final class DateHeader {

    /** IMF-fixdate (RFC 9110, 5.6.7): unlike {@link DateTimeFormatter#RFC_1123_DATE_TIME}, two digits for the day. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private record Second(long epochSecond, CharSequence text) {
    }

    private final Clock clock;
    /** Formatted once a second. Two threads may format the same second; both results are correct. */
    private volatile Second latest = new Second(-1, "");

    DateHeader(Clock clock) {
        this.clock = clock;
    }

    void register(@Observes Filters filters) {
        filters.register(exchange -> {
            exchange.addHeadersEndHandler(head -> addHeader(exchange.response()));
            exchange.next();
        }, FilterOrder.DATE);
    }

    private void addHeader(HttpServerResponse response) {
        if (!response.headers().contains(HttpHeaders.DATE)) {
            response.putHeader(HttpHeaders.DATE, now());
        }
    }

    CharSequence now() {
        var now = clock.instant();
        var second = latest;
        if (second.epochSecond != now.getEpochSecond()) {
            second = new Second(now.getEpochSecond(), HttpHeaders.createOptimized(FORMAT.format(now)));
            latest = second;
        }
        return second.text;
    }
}
