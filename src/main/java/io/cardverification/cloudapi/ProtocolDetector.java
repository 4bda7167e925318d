package io.cardverification.cloudapi;

import org.jspecify.annotations.Nullable;

import io.cardverification.http.ContentType;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Recognizes requests of the Tencent Cloud API by features that no other request has. */
final class ProtocolDetector {

    private ProtocolDetector() {
    }

    /**
     * Also matches signed requests on a wrong path, so that they get an error of the protocol. Leaves all other paths to other
     * handlers.
     */
    static boolean matches(HttpServerRequest request) {
        return hasProtocolPath(request) || isSigned(request.getHeader("Authorization")) || isSignedQuery(request.query())
                || isForm(request);
    }

    /** The API has one path, {@code /}. */
    static boolean hasProtocolPath(HttpServerRequest request) {
        var path = request.path();
        return path == null || path.isEmpty() || path.equals("/");
    }

    /** Signature version 1 sends a form, which no other API of this server accepts. The REST API rejects forms itself. */
    private static boolean isForm(HttpServerRequest request) {
        var path = request.path();
        return HttpMethod.POST.equals(request.method()) && path != null && !path.startsWith("/v1/")
                && ContentType.parse(request.headers().getAll("Content-Type"))
                        .filter(type -> type.mediaType().equals(BodyHeaders.FORM)).isPresent();
    }

    private static boolean isSigned(@Nullable String authorization) {
        return authorization != null && authorization.startsWith("TC3-HMAC-SHA256");
    }

    private static boolean isSignedQuery(@Nullable String query) {
        return query != null && query.contains("Action=") && query.contains("Signature=");
    }
}
