/**
 * THE EDGE of the process: what holds for every connection, answer and log line of its ports, whatever is asked.
 *
 * <p>
 * Decision: a request has to come whole within a time that counts from its first byte. Vert.x has none but idle limits, which
 * a byte a minute satisfies; so a handler of Netty's watches each connection from where it is accepted.
 *
 * <p>
 * Decision: what Quarkus can be told to log and must not (addresses, headers, bodies) refuses the start. Masking was rejected:
 * it has to know where people put what they must not.
 *
 * <p>
 * May import nothing of ours.
 */
@NullMarked
package io.cardverification.edge;

import org.jspecify.annotations.NullMarked;
