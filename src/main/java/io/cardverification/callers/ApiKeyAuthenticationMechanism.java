package io.cardverification.callers;

import java.util.Set;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.cardverification.http.Connections;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Reads {@code Authorization: Bearer}, which may occur once (RFC 6750). Runs on the event loop. */
@Singleton
final class ApiKeyAuthenticationMechanism implements HttpAuthenticationMechanism {

    private static final String HEADER = "Authorization";
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext exchange, IdentityProviderManager identities) {
        var headers = exchange.request().headers().getAll(HEADER);
        if (headers.isEmpty()) {
            return identities.authenticate(new ApiKeyAuthenticationRequest(null));
        }
        var bearer = BEARER.matcher(headers.get(0));
        return headers.size() == 1 && bearer.matches()
                ? identities.authenticate(new ApiKeyAuthenticationRequest(bearer.group(1)))
                        .invoke(caller -> Connections.authenticated(exchange))
                : Uni.createFrom().failure(AuthenticationFailedException::new);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext exchange) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(ApiKeyAuthenticationRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext exchange) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }
}
