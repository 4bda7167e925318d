package io.cardverification.pacing;

/**
 * The one timer of the pacer, as the core sees it: whether it is armed, and for when.
 *
 * <p>
 * A timer is never cancelled. If an earlier time is needed, the shell schedules one more, and the older one fires without
 * effect. Threads: not synchronised; the pacer's lock guards it.
 */
final class WakeUpTimer {

    private boolean armed;
    private long dueNanos;
    private long number;

    /** @return whether the shell has to schedule a timer; false if one fires at that time or before */
    boolean arm(long dueNanos) {
        if (armed && dueNanos - this.dueNanos >= 0) {
            return false;
        }
        armed = true;
        this.dueNanos = dueNanos;
        number++;
        return true;
    }

    /** The number of the timer that was armed last. */
    long number() {
        return number;
    }

    void fired(long number) {
        armed &= number != this.number;
    }
}
