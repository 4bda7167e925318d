/**
 * WHAT MAY COME IN: the body of a request, read on the event loop up to a bound that each door sets.
 *
 * <p>
 * Decision: a room of its own, since three doors read bodies, each with its own limits and its own answer to too much.
 *
 * <p>
 * Rejected, all measured with 3.33.2: {@code quarkus.http.limits.max-body-size}, which answers 413 without a document and
 * reads a chunked body on a blocking worker thread, where too much of it ends in a stack trace; Vert.x' body handler before
 * Quarkus REST, which then fails every HTTP/2 request, and which takes forms apart by rules of its own before their signature
 * is checked.
 *
 * <p>
 * Imports nothing of ours.
 */
@NullMarked
package io.cardverification.body;

import org.jspecify.annotations.NullMarked;
