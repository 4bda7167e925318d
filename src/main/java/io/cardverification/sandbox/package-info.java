/**
 * THE STAND-IN for Tencent Cloud, on a port of its own: checks signatures, polices the limit, decrypts, answers test cards, and
 * goes wrong where it is told to.
 *
 * <p>
 * Decision: it has its own table of results and reads requests by its own means. It and {@code upstream} meet over HTTP only,
 * so that a mistake about the wire cannot cancel itself out.
 *
 * <p>
 * Decision: it answers as strictly as the documentation allows (a sliding second, exact parameter names), so that what works
 * here works there.
 *
 * <p>
 * Decision: a fault says whether the verification is done before it strikes, and the log of arrivals says whether that was
 * charged: what clients are told of charges can be held to it. As a ledger it outlives the process, if it is told to, and knows
 * questions by a keyed hash only.
 *
 * <p>
 * May import {@code tencentcloud} and {@code body}.
 */
@NullMarked
package io.cardverification.sandbox;

import org.jspecify.annotations.NullMarked;
