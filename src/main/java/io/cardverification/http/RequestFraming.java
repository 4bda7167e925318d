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
 * Rejects requests with a head that RFC 9110 or RFC 9112 forbids, before any API reads them. Threads: the request's event
 * loop.
 *
 * <p>
 * The end of such a request is ambiguous: a proxy in front of the gateway may find another one. Over HTTP/1.1 the gateway
 * closes the connection.
 *
 * <p>
 * It fails the exchange with 400, 501 or 505. The failure handler of the addressed API writes the response.
 */
@Singleton
public final class RequestFraming {

    static final int BAD_REQUEST = 400;
    static final int NOT_IMPLEMENTED = 501;
    static final int UNSUPPORTED_VERSION = 505;

    /**
     * Carries the status from {@link RequestLineHandler} to this filter. If a caller sends it, the gateway rejects that
     * request, too.
     */
    static final String REJECT_HEADER = "Gateway-Refuse";

    private static final Map<String, Integer> STATUSES = Map.of("501", NOT_IMPLEMENTED, "505", UNSUPPORTED_VERSION);

    private static final int OK = 200;
    private static final String REJECTED = RequestFraming.class.getName();

    void register(@Observes Filters filters) {
        filters.register(RequestFraming::check, FilterOrder.FRAMING);
    }

    /** The {@link RequestLineHandler} also makes malformed requests to the management port routable. */
    void register(@Observes ManagementInterface management) {
        management.router().route().order(-FilterOrder.FRAMING).handler(RequestFraming::check);
    }

    /** @return whether this filter rejected the request */
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
        exchange.request().resume(); // Unread bytes at the close would reset the connection and lose the response.
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

    /**
     * RFC 9112, 6.1 and 7: the gateway supports only the transfer coding chunked. Netty checks its count and its position.
     */
    static boolean hasUnknown(List<String> transferEncoding) {
        return ContentType.tokens(transferEncoding).stream().anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
    }
}
