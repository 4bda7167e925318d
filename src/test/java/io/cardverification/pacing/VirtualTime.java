package io.cardverification.pacing;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock that moves when a test says so, and its timer. It starts at any value, as {@code System.nanoTime} does. */
final class VirtualTime implements LongSupplier, DelayScheduler {

    private record Task(long atNanos, long order, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return atNanos == other.atNanos ? Long.compare(order, other.order) : Long.compare(atNanos, other.atNanos);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final long startNanos;
    private long elapsedNanos;
    private long latenessNanos;
    private long order;
    private int armed;

    VirtualTime(long startNanos) {
        this.startNanos = startNanos;
    }

    @Override
    public long getAsLong() {
        return startNanos + elapsedNanos;
    }

    /** From now on every timer fires late by this much. */
    void late(Duration lateness) {
        latenessNanos = lateness.toNanos();
    }

    @Override
    public void schedule(long delayNanos, Runnable task) {
        armed++;
        tasks.add(new Task(elapsedNanos + delayNanos + latenessNanos, order++, () -> {
            armed--;
            task.run();
        }));
    }

    int armedTimers() {
        return armed;
    }

    void pass(Duration duration) {
        var until = elapsedNanos + duration.toNanos();
        while (!tasks.isEmpty() && tasks.peek().atNanos() <= until) {
            var task = tasks.remove();
            elapsedNanos = Math.max(elapsedNanos, task.atNanos());
            task.run().run();
        }
        elapsedNanos = until;
    }
}
