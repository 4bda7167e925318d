/**
 * WHO MAY ASK: the names of callers, by which they take turns.
 *
 * <p>
 * Decision: a caller is a name that a room of its own gives, so that doors need not know how callers are told apart. For now
 * all are one.
 *
 * <p>
 * May import {@code verification}.
 */
@NullMarked
package io.cardverification.callers;

import org.jspecify.annotations.NullMarked;
