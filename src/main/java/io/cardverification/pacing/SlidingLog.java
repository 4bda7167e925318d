package io.cardverification.pacing;

import java.time.Duration;
import java.util.Arrays;

/**
 * The last {@code N} departures and one question: when may the next one leave?
 *
 * <p>
 * Nanoseconds of a monotonic clock throughout. Threads: none of its own; the owner's lock guards it.
 */
final class SlidingLog {

    private final long[] departures;
    private final long spacingNanos;
    private int oldest;

    /**
     * @param limit N, departures in a window
     * @param window W
     * @param margin J, added to the window
     * @param nowNanos the clock, now; nothing has left before
     */
    SlidingLog(int limit, Duration window, Duration margin, long nowNanos) {
        require(limit >= 1, "limit must be at least 1, but is " + limit);
        require(window.compareTo(Duration.ZERO) > 0, "window must be above zero, but is " + window);
        require(!margin.isNegative(), "margin must not be negative, but is " + margin);
        this.spacingNanos = window.plus(margin).toNanos();
        this.departures = new long[limit];
        Arrays.fill(departures, nowNanos - spacingNanos);
    }

    /** How long the one behind {@code ahead} others has to wait, if those leave as early as they may; 0 for not at all. */
    long waitNanos(long nowNanos, int ahead) {
        var round = ahead / departures.length;
        var predecessor = at(ahead % departures.length);
        return Math.max(0, predecessor + spacingNanos - nowNanos) + round * spacingNanos;
    }

    /** One leaves now; {@link #waitNanos} must have been 0. */
    void depart(long nowNanos) {
        departures[oldest] = nowNanos;
        oldest = (oldest + 1) % departures.length;
    }

    /** The departure at {@code nanos} did not happen after all; the permit it took is free again. */
    void withdraw(long nanos) {
        var last = departures.length - 1;
        for (var i = last; i >= 0; i--) {
            if (at(i) == nanos) {
                for (var later = i; later > 0; later--) {
                    set(later, at(later - 1));
                }
                set(0, nanos - spacingNanos);
                return;
            }
        }
    }

    private long at(int age) {
        return departures[(oldest + age) % departures.length];
    }

    private void set(int age, long nanos) {
        departures[(oldest + age) % departures.length] = nanos;
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new IllegalArgumentException(message);
        }
    }
}
