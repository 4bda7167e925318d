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
                text("How many requests the upstream takes in how many seconds, for all callers together"
                        + " (draft-ietf-httpapi-ratelimit-headers-10).", "\"upstream\";q=20;w=1",
                        "^\"upstream\";q=[0-9]+;w=[0-9]+$").required(true));
        headers.put("RateLimit", text("How many may be sent at once now, and in how many seconds what comes now is sent.",
                "\"upstream\";r=0;t=3", "^\"upstream\";r=[0-9]+;t=[0-9]+$").required(true));
        headers.put("Preference-Applied", text("Where Prefer: wait came: how many seconds of it count (RFC 7240).", "wait=5",
                "^wait=[0-9]+$"));
        headers.put("Gateway-Request-Id", text("The gateway's own name for the request, which its log lines bear, too.",
                "0d8f0f4c-3f6e-4d0b-9a0e-5f3c1f2b7a61", "^[0-9a-f-]{36}$"));
        headers.put("Gateway-Upstream", text("Where answers are made up: sandbox. Else it is not there.", "sandbox",
                "^sandbox$"));
        if (status == OK || status >= MIN_UPSTREAM_STATUS) {
            headers.put("Age", seconds("Where the answer is reused: how many seconds ago it was given first."));
        }
        switch (status) {
            case 401 -> headers.put("WWW-Authenticate", text("What the caller must show.", "Bearer", "^Bearer").required(true));
            case 405 -> headers.put("Allow", text("The methods that the path has.", "POST", "^[A-Z, ]+$").required(true));
            case 415 -> headers.put("Accept-Encoding", text("The only Content-Encoding that is read, if the body had another.",
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
