package io.cardverification.pacing;

import java.time.Duration;

/**
 * J, what is added to the window for jitter: wide while the process is cold, then as configured.
 *
 * <p>
 * Cold code, on either side, delays the first requests by far more than a network does: a first burst of 20 was measured to
 * arrive up to 100 ms crowded. What is above the configured margin is halved with each limit's worth of departures.
 *
 * <p>
 * Nanoseconds. Threads: none of its own; the owner's lock guards it.
 */
final class Margin {

    private static final int MAX_HALVINGS = 62;

    private final long warmNanos;
    private final long coldExtraNanos;
    private final int limit;
    private long departures;

    /**
     * @param warm from when all is warm; zero or more
     * @param cold at the start; at least {@code warm}
     * @param limit N
     */
    Margin(Duration warm, Duration cold, int limit) {
        Rules.require(!warm.isNegative(), "margin must not be negative, but is " + warm);
        Rules.require(cold.compareTo(warm) >= 0, "cold-margin must be at least the margin, but is " + cold);
        this.warmNanos = warm.toNanos();
        this.coldExtraNanos = cold.minus(warm).toNanos();
        this.limit = limit;
    }

    long nanos() {
        var halvings = (int) Math.min(MAX_HALVINGS, Math.max(0, departures - 1) / limit);
        return warmNanos + (coldExtraNanos >> halvings);
    }

    void departed() {
        departures++;
    }
}
