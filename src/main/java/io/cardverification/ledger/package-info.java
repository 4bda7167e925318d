/**
 * THE LEDGER'S LINES ON THEIR WAY TO A FILE: in order, each whole on a line of its own, and none dropped.
 *
 * <p>
 * Decision: a writer of its own and not a logger, since log handlers swallow failures: a full disk would lose charges
 * silently. A failed write is repeated until it succeeds. Rejected: a log handler that throws, since loggers swallow
 * that, too.
 *
 * <p>
 * Decision: one thread writes, and may wait for a disk or for the reader of a pipe. Rejected: Vert.x' worker threads, since a
 * pipe without a reader could occupy all of them. Rejected: the thread that adds a line, since that is an event loop.
 *
 * <p>
 * Decision: the gateway bounds the backlog by refusing requests, not by dropping lines. While writes fail or are
 * stuck, or too many lines wait, it neither admits nor sends requests. Requests that it admitted before keep their
 * lines; there are no more of those than were in flight. Rejected: a reserved place for the line of each request,
 * which bounds the same memory, and refuses requests on a healthy disk when many wait in the queue.
 *
 * <p>
 * Decision: no {@code fsync}. Written lines survive the process, {@code kill -9} included. A crash of the machine
 * loses the last seconds, as with every log. Rejected: an {@code fsync} for each batch, which takes milliseconds and
 * delays the lines behind it.
 *
 * <p>
 * Imports nothing of ours.
 */
@NullMarked
package io.cardverification.ledger;

import org.jspecify.annotations.NullMarked;
