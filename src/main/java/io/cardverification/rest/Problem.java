package io.cardverification.rest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonValue;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A problem document (RFC 9457) and the headers of its response. The document keeps the order in which members were added.
 * Threads: not thread-safe.
 *
 * <p>
 * Rejected: quarkus-resteasy-problem. Its mappers repeat the request's path and values, so each of them had to be overridden,
 * and a native image does not link with it.
 */
@RegisterForReflection // Quarkus sees only the type Response, so it does not register the entity for Jackson itself
final class Problem {

    private static final MediaType MEDIA_TYPE = MediaType.valueOf(OpenApiContractFilter.PROBLEM_JSON);

    private final int status;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Map<String, Object> headers = new LinkedHashMap<>();

    Problem(String type, int status, String title) {
        this.status = status;
        with("type", type).with("status", status).with("title", title);
    }

    /** @param value a string, number, boolean, list or record; records need {@link RegisterForReflection} */
    Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    Problem withHeader(String name, Object value) {
        headers.put(name, value);
        return this;
    }

    @JsonValue
    Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }

    ProblemException toException() {
        return new ProblemException(this);
    }

    Response toResponse() {
        var response = Response.status(status).type(MEDIA_TYPE).entity(this);
        headers.forEach(response::header);
        return response.build();
    }
}
