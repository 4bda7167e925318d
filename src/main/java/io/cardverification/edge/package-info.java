/**
 * Limits and headers that apply to every connection, response and log line of the process' ports.
 *
 * <p>
 * Decision: a request must be complete within a time that starts at its first byte. Vert.x has only idle timeouts, and one
 * byte a minute satisfies those. So a Netty handler observes each connection from its acceptance. Over HTTP/2 each stream has
 * its own time. Rejected: one time for the connection. A second stream would evade it, and its end would cancel the responses
 * of other callers.
 *
 * <p>
 * Decision: a caller that closes its sending side has disconnected, even if it can still read (half-close). Go's server and
 * nginx do the same. Rejected: a response to it. TCP does not distinguish it from a caller that is gone, and the gateway would
 * pay the upstream for that one.
 *
 * <p>
 * Decision: the gateway does not start if Quarkus would log addresses, headers or bodies. Rejected: masking. It must know the
 * places of personal data in advance.
 *
 * <p>
 * Decision: one handler next to the socket ({@link io.cardverification.edge.ConnectionGuard}) limits the memory of each
 * connection and of all together. The limits follow from the heap. Connections may use half of it (6 KiB each, 24 KiB with
 * TLS). Unfinished requests and unread responses may use an eighth ({@link io.cardverification.edge.BufferBudget}). More than a
 * third remains for the gateway and its queue. With 256 MB of heap: 20,000 connections are 117 MiB, buffers 30 MiB. Direct
 * memory for reads and writes is within the same eighth and is additional to the heap.
 *
 * <p>
 * Decision: a connection with a valid key has priority. A connection without one may be idle for a short time only. If
 * connections or buffers reach their limit, it is closed first. If callers need no key, all connections count as
 * authenticated.
 *
 * <p>
 * Rejected: a limit of connections for each address. Through proxies and NAT many callers share one address, and an attacker
 * can use many addresses.
 *
 * <p>
 * Rejected: relying on the flow controller of HTTP/2. It sends data as the client allows, and keeps the rest without a limit.
 *
 * <p>
 * May import {@code http}. {@code callers} and {@code cloudapi} report authenticated requests to
 * {@link io.cardverification.edge.Connections}.
 */
@NullMarked
package io.cardverification.edge;

import org.jspecify.annotations.NullMarked;
