/**
 * The pipeline: the stages of a request in order, in {@code VerificationPipeline}.
 *
 * <p>
 * Decision: stages are a list of small types behind one interface. Each can be tested alone and may use a store, since it
 * returns a {@code Uni}. Rejected: one class for all stages under the lock of a map. It could not wait for a store.
 *
 * <p>
 * Decision: a request always completes. A disconnected caller is a signal to the last stage, not a cancellation, so that every
 * stage releases and records what it holds.
 *
 * <p>
 * Decision: questions and idempotency keys are compared by a keyed hash, so that no stage, and no dump of its memory, reveals
 * the person.
 *
 * <p>
 * May import {@code verification}, {@code store}, {@code config} and the packages of the stages: {@code ledger},
 * {@code idempotency}, {@code caching},
 * {@code callers} and {@code coalescing}.
 */
@NullMarked
package io.cardverification.pipeline;

import org.jspecify.annotations.NullMarked;
