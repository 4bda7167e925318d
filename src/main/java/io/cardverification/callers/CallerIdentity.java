package io.cardverification.callers;

import java.security.Permission;
import java.security.Principal;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Caller;
import io.quarkus.security.credential.Credential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.smallrye.mutiny.Uni;

/**
 * An authenticated caller for Quarkus Security, without roles or permissions.
 *
 * <p>
 * Rejected: {@code QuarkusSecurityIdentity}. Each one holds half a kilobyte of empty sets while its request waits.
 */
record CallerIdentity(Caller caller) implements SecurityIdentity {

    @Override
    public Principal getPrincipal() {
        return new QuarkusPrincipal(caller.name());
    }

    @Override
    public boolean isAnonymous() {
        return false;
    }

    @Override
    public Set<String> getRoles() {
        return Set.of();
    }

    @Override
    public boolean hasRole(String role) {
        return false;
    }

    @Override
    public <T extends Credential> @Nullable T getCredential(Class<T> type) {
        return null;
    }

    @Override
    public Set<Credential> getCredentials() {
        return Set.of();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // required by the interface
    public <T> @Nullable T getAttribute(String name) {
        return null;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of();
    }

    @Override
    public Set<Permission> getPermissions() {
        return Set.of();
    }

    @Override
    public Uni<Boolean> checkPermission(Permission permission) {
        return Uni.createFrom().item(false);
    }
}
