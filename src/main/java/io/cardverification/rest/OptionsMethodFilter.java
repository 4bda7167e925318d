package io.cardverification.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Makes OPTIONS a method that is not allowed, like all but POST. Quarkus REST would answer it by itself, and name HEAD and
 * OPTIONS
 * as allowed. Preflight requests are answered before, where {@code quarkus.http.cors} is configured.
 */
final class OptionsMethodFilter {

    private static final String NONE = "NONE";

    @ServerRequestFilter(preMatching = true)
    void refuse(ContainerRequestContext context) {
        if (HttpMethod.OPTIONS.equals(context.getMethod())) {
            context.setMethod(NONE);
        }
    }
}
