/**
 * THE GATE: the only way out to Tencent Cloud. Paced, signed, sent, and read back into {@code verification}'s words.
 *
 * <p>
 * Decision: the declarative client is asked only after a permit was granted, since a signature carries the time, and its
 * connection pool is larger than the pacer can ever fill, since a pool that queues is jitter that nobody sees.
 *
 * <p>
 * Decision: a failure counts as <em>not sent</em> only where it can be proved (no connection). All else that brings no
 * answer is an unknown charge.
 *
 * <p>
 * Decision: what the limit refused goes back to the pacer, which knows when it may leave again, and so does, once, what was
 * refused because this machine's clock is wrong. Both are error envelopes, which are free. Nothing else is ever sent twice.
 *
 * <p>
 * May import {@code verification}, {@code pacing} and {@code tencentcloud}.
 */
@NullMarked
package io.cardverification.upstream;

import org.jspecify.annotations.NullMarked;
