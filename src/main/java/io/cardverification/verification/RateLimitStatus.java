package io.cardverification.verification;

import java.time.Duration;

/** How much of the upstream's rate limit is available. Threads: any; never blocks. */
public interface RateLimitStatus {

    /** As a request that arrives now would find it. */
    Snapshot snapshot();

    /** The longest wait that the configuration allows. */
    Duration maxWait();

    /**
     * @param limit requests in a window
     * @param remaining requests that could be sent at once
     * @param nextWait the wait of the next request, behind all others; zero if {@code remaining} is above zero
     */
    record Snapshot(int limit, Duration window, int remaining, Duration nextWait) {
    }
}
