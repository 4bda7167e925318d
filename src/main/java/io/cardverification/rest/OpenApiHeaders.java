package io.cardverification.rest;

import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The response headers of each status for the OpenAPI document. */
final class OpenApiHeaders {

    private static final int OK = 200;
    private static final int MIN_UPSTREAM_STATUS = 422;

    private OpenApiHeaders() {
    }

    /** @return the required and optional headers of a status, by name */
    static Map<String, Header> of(int status) {
        var headers = new LinkedHashMap<String, Header>();
        headers.put("RateLimit-Policy",
                text("The rate limit of the upstream for all callers together: q requests in w seconds"
                        + " (draft-ietf-httpapi-ratelimit-headers-10).", "\"upstream\";q=20;w=1",
                        "^\"upstream\";q=[0-9]+;w=[0-9]+$").required(true));
        headers.put("RateLimit", text(
                "r is the number of requests that can be sent immediately; t is the predicted wait of a new request in seconds.",
                "\"upstream\";r=0;t=3", "^\"upstream\";r=[0-9]+;t=[0-9]+$").required(true));
        headers.put("Preference-Applied",
                text("The applied wait in seconds, if the request has Prefer: wait (RFC 7240).", "wait=5",
                        "^wait=[0-9]+$"));
        headers.put("Gateway-Request-Id", text("The gateway's id of the request, which is also in its log lines.",
                "0d8f0f4c-3f6e-4d0b-9a0e-5f3c1f2b7a61", "^[0-9a-f-]{36}$"));
        headers.put("Gateway-Upstream", text("sandbox, if the upstream is a sandbox; otherwise absent.", "sandbox",
                "^sandbox$"));
        if (status == OK || status >= MIN_UPSTREAM_STATUS) {
            headers.put("Age", seconds("The age of a reused answer in seconds."));
        }
        switch (status) {
            case 401 ->
                headers.put("WWW-Authenticate", text("The required authentication.", "Bearer", "^Bearer").required(true));
            case 405 -> headers.put("Allow", text("The methods of the path.", "POST", "^[A-Z, ]+$").required(true));
            case 415 -> headers.put("Accept-Encoding", text("The only supported Content-Encoding, if the body had another.",
                    "identity", "^identity$"));
            case 429, 503 -> headers.put("Retry-After",
                    seconds("Seconds after which the same request may succeed.").required(true));
            default -> {
                // No additional header.
            }
        }
        return headers;
    }

    private static Header text(String description, String example, String pattern) {
        return OASFactory.createHeader().description(description).example(example)
                .schema(OASFactory.createSchema().addType(SchemaType.STRING).pattern(pattern));
    }

    private static Header seconds(String description) {
        return OASFactory.createHeader().description(description).example(3)
                .schema(OpenApiSchemas.integer());
    }
}
