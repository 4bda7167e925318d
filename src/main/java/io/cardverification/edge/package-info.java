/**
 * THE EDGE of the process: what holds for every connection, answer and log line of its ports, whatever is asked.
 *
 * <p>
 * Decision: a request has to come whole within a time that counts from its first byte. Vert.x has none but idle limits, which
 * a byte a minute satisfies; so a handler of Netty's watches each connection from where it is accepted. Over HTTP/2 each stream
 * has its own time: one for the connection is evaded by a second stream, and its end takes answers from other callers.
 *
 * <p>
 * Decision: a caller that ends its sending side has left, also if it may still read (half-close). Go's server and nginx hold it
 * so, too. Rejected: to answer it. Over TCP nothing tells it from a caller that is gone, for whom the upstream would be paid.
 *
 * <p>
 * Decision: what Quarkus can be told to log and must not (addresses, headers, bodies) refuses the start. Masking was rejected:
 * it has to know where people put what they must not.
 *
 * <p>
 * Decision: what connections hold is bounded for each and for the process, by one handler next to the socket of each
 * ({@link io.cardverification.edge.ConnectionGuard}). The bounds come from the heap and fit it together: connections half of it
 * (6 KiB each, 24 KiB with TLS), unfinished requests and unread answers an eighth
 * ({@link io.cardverification.edge.BufferBudget}), so that more than a third is left for the gateway itself and for what waits
 * in its queue. With 256 MB: 20,000 connections are 117 MiB, buffers 30 MiB. Direct memory, for reads and writes, is within the
 * same eighth and beside the heap.
 *
 * <p>
 * Decision: whoever has shown a valid key on a connection comes first. Until then it may be idle for a short time only, gives
 * way when connections run short, and is the first to be closed when buffers do. Where callers need no key there is nothing to
 * tell them apart by, and all count as authenticated.
 *
 * <p>
 * Rejected: a limit of connections for each address. Callers come through proxies and NAT, where many have one address, and a
 * stranger has as many as it likes.
 *
 * <p>
 * Rejected: to leave the HTTP/2 bound to the flow controller. It lets data out as the client allows and keeps the rest, however
 * much that is.
 *
 * <p>
 * May import {@code http}. {@code callers} and {@code cloudapi}, which learn whose a request is, tell
 * {@link io.cardverification.edge.Connections}.
 */
@NullMarked
package io.cardverification.edge;

import org.jspecify.annotations.NullMarked;
