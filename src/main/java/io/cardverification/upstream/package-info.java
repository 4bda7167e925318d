/**
 * THE GATE: the only way out to Tencent Cloud. Paced, signed, sent, and read back into {@code verification}'s words.
 *
 * <p>
 * Decision: the declarative client is asked only after a permit was granted, since a signature carries the time, and its
 * connection pool is larger than the pacer can ever fill, since a pool that queues is jitter that nobody sees.
 *
 * <p>
 * Decision: what is sent, and what comes back, is on an event loop that has no callers. Rejected: the caller's own, where it is
 * behind all that other callers ask.
 *
 * <p>
 * Decision: a failure counts as <em>not sent</em> only where it can be proved: its permit was withdrawn, and without that
 * nothing
 * leaves. All else that brings no answer is an unknown charge. {@code Endings} has the table.
 *
 * <p>
 * Decision: what is tried again goes back to the pacer, which knows when it may leave, and is only what was free: what the
 * limit
 * refused, what a wrong clock had signed, and {@code Attempts}' short list.
 *
 * <p>
 * Decision: the circuit breaker is round the single send, and what it says is told to the pacer, which lets nobody wait for an
 * upstream that is ill. Rejected: a breaker round the queue, since SmallRye's stops cancellation, and since those who wait
 * would
 * fail one permit at a time.
 *
 * <p>
 * Decision: the breaker counts a question once, and not what one caller or one question meets alone while others are answered:
 * {@code FailureAttribution}.
 *
 * <p>
 * Decision: HTTP/1.1 only, so that one guard bounds and checks what each connection brings ({@code ResponseGuard}),
 * and an answer that cannot be trusted costs its own connection, not others' requests.
 *
 * <p>
 * Decision: readiness is what the upstream said last ({@code Standing}), and lapses, so that it recovers without a restart and
 * without a question that costs money.
 *
 * <p>
 * May import {@code verification}, {@code pacing} and {@code tencentcloud}.
 */
@NullMarked
package io.cardverification.upstream;

import org.jspecify.annotations.NullMarked;
