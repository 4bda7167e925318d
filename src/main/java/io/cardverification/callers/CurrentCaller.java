package io.cardverification.callers;

import jakarta.inject.Singleton;

import io.cardverification.verification.Caller;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;

/** The caller of the current REST request. Threads: any within an authenticated request; never blocks. */
@Singleton
public final class CurrentCaller {

    private final CurrentIdentityAssociation request;

    CurrentCaller(CurrentIdentityAssociation request) {
        this.request = request;
    }

    /** @throws UnauthorizedException if this package did not authenticate the request */
    public Caller get() {
        if (request.getIdentity() instanceof CallerIdentity identity) {
            return identity.caller();
        }
        throw new UnauthorizedException();
    }
}
