/**
 * HTTP for all APIs: messages as the RFCs define them, request bodies, and the limits of connections and of console logging.
 *
 * <p>
 * Decision: one package, because all of this applies before an API reads a request, and to every port alike.
 *
 * <h2>Messages</h2>
 *
 * <p>
 * Decision: a header field is parsed completely, by its grammar. A malformed field is ignored completely, as RFC 9110 and RFC
 * 9651 allow; only an API can decide to reject the request. Rejected: a search by a regular expression. It splits members at a
 * comma inside a quoted string, and uses parts of a malformed field.
 *
 * <p>
 * Decision: JSON is decoded strictly before a parser reads it. Jackson accepts overlong UTF-8, and detects UTF-16 and UTF-32.
 *
 * <p>
 * Decision: one filter before all APIs rejects a message whose framing violates RFC 9112. The API writes the response.
 *
 * <h2>Bodies</h2>
 *
 * <p>
 * Decision: one reader for all APIs, on the event loop. Each API has its own limit and its own response to a body above it.
 *
 * <p>
 * Rejected (measured with Quarkus 3.33.2): {@code quarkus.http.limits.max-body-size}. It responds with 413 without a problem
 * document. It reads a chunked body on a blocking worker thread, and a body above the limit causes a stack trace.
 *
 * <p>
 * Rejected (measured with Quarkus 3.33.2): Vert.x' body handler before Quarkus REST. Quarkus REST then fails every HTTP/2
 * request. The handler also parses forms before their signature is checked.
 *
 * <h2>Connections</h2>
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
 * Decision: one handler next to the socket ({@link io.cardverification.http.ConnectionGuard}) limits the memory of each
 * connection and of all together. The limits follow from the heap. Connections may use half of it (6 KiB each, 24 KiB with
 * TLS). Unfinished requests and unread responses may use an eighth ({@link io.cardverification.http.BufferBudget}). More than a
 * third remains for the gateway and its queue. With 256 MB of heap: 20,000 connections are 117 MiB, buffers 30 MiB. Direct
 * memory for reads and writes is within the same eighth and is additional to the heap.
 *
 * <p>
 * Decision: a connection with a valid key has priority. A connection without one may be idle for a short time only. If
 * connections or buffers reach their limit, it is closed first. If callers need no key, all connections count as
 * authenticated. {@code callers} and {@code cloudapi} report authenticated requests to
 * {@link io.cardverification.http.Connections}.
 *
 * <p>
 * Rejected: a limit of connections for each address. Through proxies and NAT many callers share one address, and an attacker
 * can use many addresses.
 *
 * <p>
 * Rejected: relying on the flow controller of HTTP/2. It sends data as the client allows, and keeps the rest without a limit.
 *
 * <h2>Logging</h2>
 *
 * <p>
 * Decision: the gateway does not start if Quarkus would log addresses, headers or bodies. Rejected: masking. It must know the
 * places of personal data in advance.
 *
 * <p>
 * May import {@code config} and {@code label}.
 */
@NullMarked
package io.cardverification.http;

import org.jspecify.annotations.NullMarked;
