/**
 * Coalescing: equal requests that are in progress at the same time await one call to the upstream.
 *
 * <p>
 * Decision: every request joins the pacer's queue for itself, and the call waits at the best place that any of them has.
 * Rejected: the place and the deadline of the first request for all.
 *
 * <p>
 * Decision: of all requests that receive one charge, the first bears it, and the others are marked as shared. So responses that
 * are charged and not shared add up to the bill.
 *
 * <p>
 * Decision: a call that was sent continues when all callers have disconnected, and can be joined. So a dropped connection is
 * harmless even without an idempotency key.
 *
 * <p>
 * Decision: requests of different callers share a call only if the operator allows it. A caller that shares learns that
 * another caller has asked about this person: by the request id, the charge and the age of the answer. Rejected: hiding these,
 * since then the charges would not add up to the bill.
 *
 * <p>
 * Decision: a call is committed in the store when it has its permit, immediately before it is sent, with the keys of all its
 * requests. It is ended when the last request has received its completion. A call that is abandoned in between is ended as not
 * sent. Rejected: a commit at the arrival. Requests that wait in vain would be written twice.
 *
 * <p>
 * Lock order: the lock of {@code InFlightCall}, then the pacer's. No lock is held while a completion passes the stages.
 *
 * <p>
 * May import {@code verification} and {@code store}.
 */
@NullMarked
package io.cardverification.coalescing;

import org.jspecify.annotations.NullMarked;
