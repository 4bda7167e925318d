/**
 * The ledger: one line for the end of each verification. Finance compares the lines with the bill, and auditors read them.
 *
 * <p>
 * Decision: a verification is one request of one caller. So there are lines for rejected requests, for shared and cached
 * results, and for callers that disconnected. The bill consists of the lines whose {@code charge} is {@code charged} and that
 * are neither {@code shared} nor {@code reused}. Some of the lines with the charge {@code unknown} may be on it, too.
 *
 * <p>
 * Decision: a keyed hash and the card's last four digits identify the person of a line. Names, ID numbers and card numbers
 * never reach the lines.
 *
 * <p>
 * Decision: a request that is rejected because the ledger cannot be written has no line. It is only counted.
 *
 * <p>
 * Decision: a separate writer. It repeats a failed write until it succeeds. Rejected: a logger. Log handlers hide failures, so
 * that a full disk would lose charges silently; a handler that throws does not help, because loggers hide that, too.
 *
 * <p>
 * Decision: one thread writes, and may wait for a disk or for the reader of a pipe. Rejected: Vert.x' worker threads, because
 * a pipe without a reader could occupy all of them. Rejected: the thread that adds a line, because that is an event loop.
 *
 * <p>
 * Decision: the entries of a durable store are the ledger, and the lines are its export. Both are written at the same time,
 * so that a collector of lines needs no access to the store.
 *
 * <p>
 * Decision: the gateway limits the backlog by rejecting requests, not by dropping lines. While writes fail or are stuck, or
 * too many lines are pending, it neither admits nor sends requests. Requests that it admitted before keep their lines; their
 * number is limited by the requests in flight. Rejected: a reserved place for the line of each request. It limits the same
 * memory, and rejects requests on a healthy disk if many wait in the queue.
 *
 * <p>
 * Decision: no {@code fsync}. Written lines survive the end of the process, {@code kill -9} included. A crash of the machine
 * loses the last seconds, as with every log. Rejected: an {@code fsync} for each batch. It takes milliseconds and delays the
 * next lines.
 *
 * <p>
 * May import {@code verification} and {@code store}.
 */
@NullMarked
package io.cardverification.ledger;

import org.jspecify.annotations.NullMarked;
