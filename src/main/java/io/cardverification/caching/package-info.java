/**
 * Cached answers: a result answers the same question again for a configured time, and the repetition is not charged.
 *
 * <p>
 * Decision: off by default, except for result -18, which the upstream itself declares valid until the next day.
 *
 * <p>
 * Decision: a cached answer is given although a caller with {@code no-cache} is just getting a new one, as in HTTP caches.
 *
 * <p>
 * Decision: a response says that it is reused, and its age. So callers can decide, and charges add up to the bill.
 *
 * <p>
 * Decision: in memory the monotonic clock measures ages, so that a change of the wall clock has no effect. A durable store
 * measures them by the wall clock, since its rows outlive the process. The rest of China's day is read from the wall clock,
 * when
 * a call is opened.
 *
 * <p>
 * May import {@code verification}, {@code store} and {@code config}.
 */
@NullMarked
package io.cardverification.caching;

import org.jspecify.annotations.NullMarked;
