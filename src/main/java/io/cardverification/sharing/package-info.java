/**
 * ONE ANSWER FOR MANY: identical questions in flight at the same time are one question.
 *
 * <p>
 * Decision: questions are compared by a keyed hash, with a key that is random for each process, so that nothing in this room,
 * and nothing in a dump of it, tells who was asked about.
 *
 * <p>
 * Decision: those who share are told so, all but one, so that the answers that say {@code charged} and not {@code shared} add
 * up to the bill.
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
