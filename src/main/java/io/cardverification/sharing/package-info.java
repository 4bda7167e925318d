/**
 * ONE ANSWER FOR MANY: identical questions in flight at the same time are one question, and so are those that come with the
 * same
 * idempotency key, or while an answer may serve again.
 *
 * <p>
 * Decision: questions, and the callers' keys, are compared by a keyed hash, with a secret from configuration or random, so that
 * nothing in this room,
 * and nothing in a dump of it, tells who was asked about.
 *
 * <p>
 * Decision: those who share are told so, all but one, so that the answers that say {@code charged} and not {@code shared} add
 * up to the bill. The ledger is kept here, since nobody else knows who shares with whom, and what became of what its caller
 * left.
 *
 * <p>
 * Decision: one caller's questions are shared with other callers' only if the operator says so. A caller that shares
 * learns that another has asked about this person: by the request id, the charge and the age of the answer. Rejected: hiding
 * those, since then the charges that callers are told would not add up to the bill.
 *
 * <p>
 * Decision: the monotonic clock measures how long anything is kept, so no step of the wall clock ends a key early or keeps it
 * for good. Only the length of the rest of a day in China is read from the wall clock, when a question is asked.
 *
 * <p>
 * Decision: what was sent stays in flight when all have left, so that who comes back finds it. That is what makes a dropped
 * connection harmless even without a key.
 *
 * <p>
 * Rejected: sharing at the door, with the first caller's place and deadline for all. Each joins the queue for itself, and the
 * question waits at the best place that any of them has.
 *
 * <p>
 * May import {@code verification}.
 */
@NullMarked
package io.cardverification.sharing;

import org.jspecify.annotations.NullMarked;
