package io.cardverification.cloudapi;

import org.jspecify.annotations.Nullable;

import io.cardverification.http.ContentType;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Tells the protocol's requests from all others, by what no other request has. */
final class ProtocolDetector {

    private ProtocolDetector() {
    }

    /** Who speaks it on a wrong path is to be told so in it; all else that is not at its path is somebody else's. */
    static boolean matches(HttpServerRequest request) {
        return hasProtocolPath(request) || isSigned(request.getHeader("Authorization")) || isSignedQuery(request.query())
                || isForm(request);
    }

    /** There is one. */
    static boolean hasProtocolPath(HttpServerRequest request) {
        var path = request.path();
        return path == null || path.isEmpty() || path.equals("/");
    }

    /** Version 1 has all in a form, which no other door of this server reads. The front door says so itself. */
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
