package io.cardverification.rest;

import java.io.ByteArrayInputStream;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.cardverification.http.LimitedBodyReader;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Reads the bodies of authenticated requests, at most 64 KiB, for Quarkus REST. */
final class RequestBodyFilter {

    private static final int MAX_BYTES = 64 * 1024;

    private final CurrentIdentityAssociation caller;

    RequestBodyFilter(CurrentIdentityAssociation caller) {
        this.caller = caller;
    }

    /**
     * Emits null to continue, or the rejection; never emits if the connection breaks. Fails before it reads if the request is
     * unauthenticated, so that unknown clients cannot make the gateway buffer bodies.
     */
    @ServerRequestFilter(preMatching = true)
    Uni<Response> read(ContainerRequestContext context, RoutingContext exchange) {
        if (exchange.request().isEnded()) {
            return Uni.createFrom().nullItem();
        }
        return QuarkusHttpUser.getSecurityIdentity(exchange, null)
                .chain(identity -> {
                    storeIdentity(identity, exchange);
                    return body(context, exchange);
                });
    }

    /** Replaces the deferred identity, which would keep a kilobyte for as long as the request waits. */
    private void storeIdentity(SecurityIdentity identity, RoutingContext exchange) {
        QuarkusHttpUser.setIdentity(identity, exchange);
        caller.setIdentity(identity);
    }

    private static Uni<Response> body(ContainerRequestContext context, RoutingContext exchange) {
        return Uni.createFrom().emitter(rest -> LimitedBodyReader.read(exchange, MAX_BYTES, new LimitedBodyReader.Callback() {
            @Override
            public void onBody(byte[] bytes) {
                context.setEntityStream(new ByteArrayInputStream(bytes));
                rest.complete(null);
            }

            @Override
            public void onTooLarge() {
                rest.complete(ProblemType.BODY_TOO_LARGE.problem().toResponse());
            }
        }));
    }
}
