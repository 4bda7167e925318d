/**
 * THE STAND-IN for Tencent Cloud, on a port of its own: checks signatures, polices the limit, answers test cards.
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
 * May import {@code tencentcloud}.
 */
@NullMarked
package io.cardverification.sandbox;

import org.jspecify.annotations.NullMarked;
