/**
 * Idempotency keys: a caller that repeats a request with the same key gets the first answer and pays once.
 *
 * <p>
 * Decision: the key is bound to the values, by a keyed hash. The same key with other values is rejected.
 *
 * <p>
 * Decision: a request that was not decided and cost nothing releases its key, so that the caller may send it again. This also
 * holds if another request of the caller still waits for the same call: the next request with the key is a new one. Every other
 * completion is kept, above all an unknown charge.
 *
 * <p>
 * Decision: a key belongs to a request from its arrival until it completes, also if the caller disconnects. So a repeated key
 * never starts a second call: it joins the call in progress or gets its answer.
 *
 * <p>
 * May import {@code verification}, {@code store} and {@code config}.
 */
@NullMarked
package io.cardverification.idempotency;

import org.jspecify.annotations.NullMarked;
