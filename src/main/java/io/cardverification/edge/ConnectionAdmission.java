package io.cardverification.edge;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides which connection gives way when connections run short: the oldest on which no valid key was shown.
 *
 * <p>
 * Every connection begins without one, so newcomers are admitted and the oldest without a key gives way, instead of the
 * newcomer being rejected, as Quarkus does at its limit: strangers who came first would keep everyone else out. Connections
 * with a valid key are never closed for others.
 *
 * <p>
 * Threads: any.
 */
final class ConnectionAdmission<T> {

    private final int maxConnections;
    private final int reserved;
    private final boolean anonymous;
    /** The oldest first. */
    private final Set<T> unauthenticated = new LinkedHashSet<>();
    private final Set<T> authenticated = new HashSet<>();

    /** @param anonymous whether no key is needed: then all are alike, and at the limit the newcomer is closed */
    ConnectionAdmission(ConnectionCapacity capacity, boolean anonymous) {
        this.maxConnections = capacity.connections();
        this.reserved = capacity.reserved();
        this.anonymous = anonymous;
    }

    /** @return the one to be closed, which may be the newcomer, and which is counted no more; null for none */
    @Nullable
    synchronized T add(T newcomer) {
        (anonymous ? authenticated : unauthenticated).add(newcomer);
        var open = open();
        if (open > maxConnections || (open > maxConnections - reserved && unauthenticated.size() > reserved)) {
            var closed = unauthenticated.isEmpty() ? newcomer : unauthenticated.iterator().next();
            remove(closed);
            return closed;
        }
        return null;
    }

    /** A valid key was shown on it. */
    synchronized void authenticate(T connection) {
        if (unauthenticated.remove(connection)) {
            authenticated.add(connection);
        }
    }

    /** It has ended; nothing happens if it was closed for another. */
    synchronized void remove(T connection) {
        unauthenticated.remove(connection);
        authenticated.remove(connection);
    }

    synchronized int open() {
        return unauthenticated.size() + authenticated.size();
    }

    synchronized int unauthenticated() {
        return unauthenticated.size();
    }
}
