package io.cardverification.callers;

import jakarta.inject.Singleton;

import io.cardverification.verification.Caller;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;

/** Who asks at the front door. Threads: any, within a request that was let in; never blocks. */
@Singleton
public final class CurrentCaller {

    static final String ATTRIBUTE = "caller";

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** @throws UnauthorizedException where it is nobody whom this room has let in */
    public Caller get() {
        if (identity.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new UnauthorizedException();
    }
}
