package io.cardverification.pacing;

import java.time.Duration;
import java.util.List;

/** Counts as a strict upstream does. */
public final class WindowCounter {

    private WindowCounter() {
    }

    /** @param atNanos in order */
    public static int largestCountIn(Duration window, List<Long> atNanos) {
        var largest = 0;
        for (int last = 0, first = 0; last < atNanos.size(); last++) {
            while (atNanos.get(last) - atNanos.get(first) >= window.toNanos()) {
                first++;
            }
            largest = Math.max(largest, last - first + 1);
        }
        return largest;
    }
}
