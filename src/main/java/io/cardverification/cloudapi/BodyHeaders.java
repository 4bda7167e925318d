package io.cardverification.cloudapi;

import java.util.List;

import io.cardverification.http.ContentType;
import io.cardverification.tencentcloud.AuthenticationResult.Parameters;
import io.cardverification.tencentcloud.ErrorCode;
import io.vertx.core.MultiMap;

/**
 * Checks the headers of a body: JSON or a form, in UTF-8, not compressed. Threads: stateless.
 *
 * <p>
 * The handler checks the signature first, which covers the raw bytes. So an unauthenticated client only sees errors of its
 * signature.
 */
final class BodyHeaders {

    static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private BodyHeaders() {
    }

    static void check(MultiMap headers, boolean isGet, Parameters parameters) throws ApiErrorException {
        var type = parameters instanceof Parameters.Json ? JSON : FORM;
        var lines = headers.getAll("Content-Type");
        // A GET has no body: its Content-Type is refused only if it contradicts the query, which is percent-encoded UTF-8.
        if (isGet ? !ContentType.parse(lines).map(ContentType::isUtf8).orElse(true) : !isOf(type, lines)) {
            throw new ApiErrorException(ErrorCode.UNSUPPORTED_PROTOCOL, "The Content-Type must be " + type + ", in UTF-8.");
        }
        if (!ContentType.isIdentity(headers.getAll("Content-Encoding"))) {
            throw new ApiErrorException(ErrorCode.UNSUPPORTED_PROTOCOL,
                    "The body must be sent as it is, without Content-Encoding.");
        }
    }

    private static boolean isOf(String type, List<String> lines) {
        return ContentType.parse(lines).filter(given -> given.isUtf8(type)).isPresent();
    }
}
