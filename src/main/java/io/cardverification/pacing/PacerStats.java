package io.cardverification.pacing;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts events for metrics. No decision depends on them.
 *
 * <p>
 * Threads: not synchronised; the pacer's lock guards it.
 */
final class PacerStats {

    private final long windowNanos;
    /** A ring of departures, wide enough to show more than the limit in one window. */
    private final long[] recent;
    private int inWindow;
    private int maxInWindow;
    private long departures;
    private long rejections;
    private long cancellations;
    private final Map<PermitDenied.Reason, Long> denials = new EnumMap<>(PermitDenied.Reason.class);

    PacerStats(Duration window, int limit) {
        this.windowNanos = window.toNanos();
        this.recent = new long[4 * limit];
    }

    void recordDeparture(long nowNanos) {
        recent[(int) (departures % recent.length)] = nowNanos;
        departures++;
        inWindow = Math.min(inWindow + 1, recent.length);
        while (nowNanos - recent[(int) ((departures - inWindow) % recent.length)] >= windowNanos) {
            inWindow--;
        }
        maxInWindow = Math.max(maxInWindow, inWindow);
    }

    void recordRejection() {
        rejections++;
    }

    void recordCancellation() {
        cancellations++;
    }

    void recordDenial(PermitDenied.Reason reason) {
        denials.merge(reason, 1L, Long::sum);
    }

    long departures() {
        return departures;
    }

    long rejections() {
        return rejections;
    }

    long cancellations() {
        return cancellations;
    }

    long denials(PermitDenied.Reason reason) {
        return denials.getOrDefault(reason, 0L);
    }

    int maxInWindow() {
        return maxInWindow;
    }
}
