/**
 * The gateway's memory: idempotency keys, answers, charges of the day, calls in progress and the ledger's entries.
 *
 * <p>
 * Decision: a call is committed as departing before its bytes leave, together with the keys of its requests and the charge of
 * its caller. A process that dies then leaves an unknown charge, never a second one. Rejected: a record after the response. A
 * process that dies in between forgets a charge.
 *
 * <p>
 * Decision: the same transaction looks for an earlier answer and for the same call of another replica. So it is the only place
 * that decides whether a request is sent. Lookups at arrival only save the wait for a permit.
 *
 * <p>
 * Decision: everything that follows the departure is written behind, in order, by one writer. A slow store never delays an
 * answer that was paid for. A call that ended and is not written yet is still departing, so a crash makes it unknown.
 *
 * <p>
 * Decision: rows contain keyed hashes, codes, counts and times, and no values of people.
 *
 * <p>
 * May import {@code verification} and {@code config}. It knows no HTTP.
 */
@NullMarked
package io.cardverification.store;

import org.jspecify.annotations.NullMarked;
