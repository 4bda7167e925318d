package io.cardverification.callers;

import jakarta.inject.Singleton;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Finds the caller of an API key, or the anonymous caller. Never blocks. */
@Singleton
final class ApiKeyIdentityProvider implements IdentityProvider<ApiKeyAuthenticationRequest> {

    private final CallerDirectory callers;

    ApiKeyIdentityProvider(CallerDirectory callers) {
        this.callers = callers;
    }

    @Override
    public Class<ApiKeyAuthenticationRequest> getRequestType() {
        return ApiKeyAuthenticationRequest.class;
    }

    /**
     * Fails with {@link AuthenticationFailedException} if the key is unknown, and with {@link UnauthorizedException} if it is
     * missing.
     */
    @Override
    public Uni<SecurityIdentity> authenticate(ApiKeyAuthenticationRequest request, AuthenticationRequestContext context) {
        var apiKey = request.apiKey();
        var caller = apiKey == null ? callers.anonymousCaller() : callers.findByApiKey(apiKey);
        if (caller == null) {
            return Uni.createFrom().failure(apiKey == null ? new UnauthorizedException() : new AuthenticationFailedException());
        }
        return Uni.createFrom().item(new CallerIdentity(caller));
    }
}
