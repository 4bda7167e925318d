/**
 * THE FRONT DOOR: one JSON question, one JSON answer, and problem documents (RFC 9457) for everything else.
 *
 * <p>
 * Decision: a verification that fails is an answer, 200. Only where there is no answer is there a problem.
 *
 * <p>
 * Decision: problems point at members ({@code #/bankCard}) and state rules; they never repeat what was sent, not even the
 * name of a member that is not ours, since people put data there, too.
 *
 * <p>
 * May import {@code verification}, {@code callers}, {@code body} and {@code http}.
 */
@NullMarked
package io.cardverification.rest;

import org.jspecify.annotations.NullMarked;
