package io.cardverification.upstream;

import java.io.IOException;
import java.net.URI;

import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.cardverification.tencentcloud.Signer;

/**
 * Serialises the request once, signs those bytes and sends exactly those bytes.
 *
 * <p>
 * Rejected: a writer interceptor. It would have to buffer, and it runs too late to set headers.
 */
@Singleton
final class SigningFilter implements ClientRequestFilter {

    private final ObjectMapper mapper;
    private final Signer signer;
    private final UpstreamConfig config;
    private final SigningClock clock;

    SigningFilter(ObjectMapper mapper, Signer signer, UpstreamConfig config, SigningClock clock) {
        this.mapper = mapper;
        this.signer = signer;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void filter(ClientRequestContext request) throws IOException {
        var permitted = (PermittedRequest) request.getEntity();
        request.setProperty(PermitInterceptor.REQUEST, permitted);
        request.setProperty(PermitInterceptor.CONTEXT, ((ClientRequestContextImpl) request).getRestClientRequestContext());
        var body = mapper.writeValueAsBytes(permitted.body());
        request.setEntity(body, request.getEntityAnnotations(), request.getMediaType());
        signer.sign(host(request.getUri()), request.getMediaType().toString(), body, clock.instant())
                .forEach(request.getHeaders()::putSingle);
        config.language().ifPresent(language -> request.getHeaders().putSingle("X-TC-Language", language.toString()));
    }

    /** As the HTTP client writes it: with the port, unless it is the scheme's default. */
    private static String host(URI uri) {
        var defaultPort = "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getPort() == -1 || uri.getPort() == defaultPort ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }
}
