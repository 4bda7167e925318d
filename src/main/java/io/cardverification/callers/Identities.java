package io.cardverification.callers;

import jakarta.inject.Singleton;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Says who it is that has a key, or none. Never blocks. */
@Singleton
final class Identities implements IdentityProvider<ApiKeyRequest> {

    private final Callers callers;

    Identities(Callers callers) {
        this.callers = callers;
    }

    @Override
    public Class<ApiKeyRequest> getRequestType() {
        return ApiKeyRequest.class;
    }

    /** Fails with {@link AuthenticationFailedException}, or where a key is missing with {@link UnauthorizedException}. */
    @Override
    public Uni<SecurityIdentity> authenticate(ApiKeyRequest request, AuthenticationRequestContext context) {
        var apiKey = request.apiKey();
        var caller = apiKey == null ? callers.keyless() : callers.holding(apiKey);
        if (caller == null) {
            return Uni.createFrom().failure(apiKey == null ? new UnauthorizedException() : new AuthenticationFailedException());
        }
        return Uni.createFrom().item(new CallerIdentity(caller));
    }
}
