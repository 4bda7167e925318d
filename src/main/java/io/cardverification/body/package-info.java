/**
 * Request bodies, read on the event loop up to a limit that each API sets.
 *
 * <p>
 * Decision: one reader for all APIs. Each has its own limit and its own response to a body above it.
 *
 * <p>
 * Rejected (measured with Quarkus 3.33.2): {@code quarkus.http.limits.max-body-size}. It responds with 413 without a problem
 * document. It reads a chunked body on a blocking worker thread, and a body above the limit causes a stack trace.
 *
 * <p>
 * Rejected (measured with Quarkus 3.33.2): Vert.x' body handler before Quarkus REST. Quarkus REST then fails every HTTP/2
 * request. The handler also parses forms before their signature is checked.
 *
 * <p>
 * Imports no package of the gateway.
 */
@NullMarked
package io.cardverification.body;

import org.jspecify.annotations.NullMarked;
