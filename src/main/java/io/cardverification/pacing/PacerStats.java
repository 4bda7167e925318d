package io.cardverification.pacing;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts what has happened, for people to see; nothing is decided by it.
 *
 * <p>
 * Threads: none of its own; the owner's lock guards it.
 */
final class PacerStats {

    private final long windowNanos;
    /** A ring of departures, wide enough to show what must never be. */
    private final long[] recent;
    private int inWindow;
    private int largestInWindow;
    private long departed;
    private long limitRefused;
    private long cancelled;
    private final Map<PermitDenied.Reason, Long> notGranted = new EnumMap<>(PermitDenied.Reason.class);

    PacerStats(Duration window, int limit) {
        this.windowNanos = window.toNanos();
        this.recent = new long[4 * limit];
    }

    void departed(long nowNanos) {
        recent[(int) (departed % recent.length)] = nowNanos;
        departed++;
        inWindow = Math.min(inWindow + 1, recent.length);
        while (nowNanos - recent[(int) ((departed - inWindow) % recent.length)] >= windowNanos) {
            inWindow--;
        }
        largestInWindow = Math.max(largestInWindow, inWindow);
    }

    void limitRefused() {
        limitRefused++;
    }

    void cancelled() {
        cancelled++;
    }

    void notGranted(PermitDenied.Reason reason) {
        notGranted.merge(reason, 1L, Long::sum);
    }

    long departures() {
        return departed;
    }

    long limitRefusals() {
        return limitRefused;
    }

    long cancellations() {
        return cancelled;
    }

    long count(PermitDenied.Reason reason) {
        return notGranted.getOrDefault(reason, 0L);
    }

    int largestInWindow() {
        return largestInWindow;
    }
}
