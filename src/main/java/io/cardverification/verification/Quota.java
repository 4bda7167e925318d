package io.cardverification.verification;

import java.time.Duration;

/** What the upstream's limit leaves to callers. Threads: any; never blocks. */
public interface Quota {

    /** @return what somebody who came now would find */
    Now now();

    /** @return how long anybody may wait */
    Duration longestWait();

    /**
     * @param limit requests in a window
     * @param left requests that could be sent at once
     * @param nextWait how long the next one would wait, behind all others; zero where there is something left
     */
    record Now(int limit, Duration window, int left, Duration nextWait) {
    }
}
