package io.cardverification.http;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Selects the connection to close when the number of connections reaches its limit: the oldest unauthenticated one.
 *
 * <p>
 * A connection is unauthenticated until a request on it has a valid key. Quarkus rejects the new connection at its limit,
 * so clients without a key could block all others. This class admits the new connection and closes the oldest
 * unauthenticated one. It never closes an authenticated connection for another.
 *
 * <p>
 * Threads: any.
 */
final class ConnectionAdmission<T> {

    private final int maxConnections;
    private final int reserved;
    private final boolean anonymous;
    /** In the order of their arrival; the oldest first. */
    private final Set<T> unauthenticated = new LinkedHashSet<>();
    private final Set<T> authenticated = new HashSet<>();

    /**
     * @param anonymous whether callers need no key; then all connections are equal, and the new one is closed at the limit
     */
    ConnectionAdmission(ConnectionCapacity capacity, boolean anonymous) {
        this.maxConnections = capacity.connections();
        this.reserved = capacity.reserved();
        this.anonymous = anonymous;
    }

    /**
     * @return the connection to close, which may be the new one, and which is no longer counted;
     *         null if every connection may stay open
     */
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

    /** A request on the connection has a valid key. */
    synchronized void authenticate(T connection) {
        if (unauthenticated.remove(connection)) {
            authenticated.add(connection);
        }
    }

    /** The connection has ended. Has no effect if it was closed for another. */
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
