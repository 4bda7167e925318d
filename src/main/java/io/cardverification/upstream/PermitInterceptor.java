package io.cardverification.upstream;

import java.io.IOException;

import jakarta.inject.Singleton;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;

import io.vertx.core.http.HttpClientRequest;

/**
 * Reports to the permit that its request is sent, stops a request whose permit was revoked, and guards the connection
 * that it uses.
 *
 * <p>
 * Why here: Quarkus' client runs its filters before it has a connection, and its writer after, just before the bytes go
 * to the socket (read in its ClientSendRequestHandler, 3.33). A test with a slow connection checks this.
 */
@Singleton
final class PermitInterceptor implements WriterInterceptor {

    static final String REQUEST = PermittedRequest.class.getName();
    static final String CONTEXT = RestClientRequestContext.class.getName();

    @Override
    public void aroundWriteTo(WriterInterceptorContext request) throws IOException {
        if (request.getProperty(REQUEST) instanceof PermittedRequest permitted
                && request.getProperty(CONTEXT) instanceof RestClientRequestContext context) {
            var sent = context.getHttpClientRequest();
            permitted.sentOver(ResponseGuard.of(sent.connection()));
            if (!permitted.permit().markSent()) {
                free(sent);
                throw new IOException("the permit was revoked before the request was sent");
            }
        }
        request.proceed();
    }

    /** Without the reset, an exception here keeps the connection from its pool (read in the same handler). */
    private static void free(HttpClientRequest request) {
        request.exceptionHandler(expected -> {
        }).reset();
    }
}
