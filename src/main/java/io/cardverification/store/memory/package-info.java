/**
 * The store of one process, in memory: a restart forgets everything.
 *
 * <p>
 * Decision: calls and charges are not recorded, since the process that knows them is the only one and dies with them.
 *
 * <p>
 * Decision: the monotonic clock measures the age of a key. A change of the wall clock ends no key early and keeps none for
 * good.
 *
 * <p>
 * May import {@code verification} and {@code store}.
 */
@NullMarked
package io.cardverification.store.memory;

import org.jspecify.annotations.NullMarked;
