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
 * May import {@code http}.
 */
@NullMarked
package io.cardverification.edge;

import org.jspecify.annotations.NullMarked;
