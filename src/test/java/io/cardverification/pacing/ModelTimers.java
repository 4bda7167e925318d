package io.cardverification.pacing;

import java.util.PriorityQueue;

/** The timers that the core has set. A timer may fire late. */
final class ModelTimers {

    private record Timer(long dueNanos, long fireNanos, Runnable task) implements Comparable<Timer> {

        @Override
        public int compareTo(Timer other) {
            return Long.signum(fireNanos - other.fireNanos);
        }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();

    void add(long dueNanos, long latenessNanos, Runnable task) {
        timers.add(new Timer(dueNanos, dueNanos + latenessNanos, task));
    }

    boolean isEmpty() {
        return timers.isEmpty();
    }

    /** The core rounds a wait of zero up to one nanosecond. */
    boolean isDue(long nowNanos) {
        return timers.stream().anyMatch(timer -> timer.dueNanos() - nowNanos <= 1);
    }

    /** The time at which the next timer fires; there must be one. */
    long nextNanos() {
        return timers.element().fireNanos();
    }

    void fire() {
        timers.remove().task().run();
    }
}
