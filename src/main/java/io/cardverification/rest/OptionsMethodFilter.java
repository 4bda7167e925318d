package io.cardverification.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Rejects OPTIONS like every method except POST. Quarkus REST would answer it, and would list HEAD and OPTIONS as allowed. If
 * {@code quarkus.http.cors} is configured, Quarkus answers preflight requests earlier.
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
