package io.cardverification.callers;

import jakarta.inject.Singleton;

import io.cardverification.verification.Caller;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;

/** Who asks at the front door. Threads: any, within a request that was let in; never blocks. */
@Singleton
public final class CurrentCaller {

    private final CurrentIdentityAssociation request;

    CurrentCaller(CurrentIdentityAssociation request) {
        this.request = request;
    }

    /** @throws UnauthorizedException where it is nobody whom this room has let in */
    public Caller get() {
        if (request.getIdentity() instanceof CallerIdentity identity) {
            return identity.caller();
        }
        throw new UnauthorizedException();
    }
}
