package io.cardverification.verification;

/**
 * The machine's monotonic clock: it measures durations, and no change of the wall clock moves it. Threads: any.
 *
 * <p>
 * Rejected: {@code java.time.Clock} for durations. A wall clock is set forward and back. If that ends an idempotency
 * key early, the caller pays twice.
 */
@FunctionalInterface
public interface NanoClock {

    /** @return nanoseconds since an arbitrary origin; only differences mean anything, as of {@link System#nanoTime} */
    long nanos();
}
