package io.cardverification.http;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses requests whose head RFC 9110 and RFC 9112 forbid, before any door reads them: their end cannot be trusted, and a
 * proxy
 * before this server may read them otherwise. Over HTTP/1.1 the connection is closed. Threads: the request's event loop.
 *
 * <p>
 * Fails the exchange with 400, 501 or 505; the failure handler of the door that is meant writes the answer.
 */
@Singleton
public final class RequestFraming {

    static final int BAD_REQUEST = 400;
    static final int NOT_IMPLEMENTED = 501;
    static final int UNSUPPORTED_VERSION = 505;

    /** Bears the status from {@link RequestLineHandler} to here. A caller that sends it is refused, too. */
    static final String REJECT_HEADER = "Gateway-Refuse";

    private static final Map<String, Integer> STATUSES = Map.of("501", NOT_IMPLEMENTED, "505", UNSUPPORTED_VERSION);

    /** After the filters that add headers to every answer, before every door. */
    private static final int PRIORITY = 2_000;
    private static final int OK = 200;
    private static final String REJECTED = RequestFraming.class.getName();

    void register(@Observes Filters filters) {
        filters.register(RequestFraming::check, PRIORITY);
    }

    /** The {@link RequestLineHandler} makes requests to the management port routable, too. */
    void register(@Observes ManagementInterface management) {
        management.router().route().order(-PRIORITY).handler(RequestFraming::check);
    }

    /** @return whether the exchange has failed here */
    public static boolean hasRejected(RoutingContext exchange) {
        return exchange.get(REJECTED) != null;
    }

    private static void check(RoutingContext exchange) {
        var status = status(exchange.request());
        if (status == OK) {
            exchange.next();
            return;
        }
        exchange.put(REJECTED, true);
        if (exchange.request().version() != HttpVersion.HTTP_2) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.addEndHandler(sent -> exchange.request().connection().close());
        }
        exchange.request().resume(); // Bytes that are not read when the connection closes would destroy the answer.
        exchange.fail(status);
    }

    private static int status(HttpServerRequest request) {
        var headers = request.headers();
        var refuse = headers.get(REJECT_HEADER);
        if (refuse != null) {
            return STATUSES.getOrDefault(refuse, BAD_REQUEST);
        }
        if (headers.getAll(HttpHeaders.HOST).size() > 1) {
            return BAD_REQUEST;
        }
        return headers.contains(HttpHeaders.TRANSFER_ENCODING) && hasUnknown(headers.getAll(HttpHeaders.TRANSFER_ENCODING))
                ? NOT_IMPLEMENTED
                : OK;
    }

    /** RFC 9112, 6.1 and 7: of the transfer codings only chunked is known here. How often and where it stands, Netty checks. */
    static boolean hasUnknown(List<String> transferEncoding) {
        return ContentType.tokens(transferEncoding).stream().anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
    }
}
