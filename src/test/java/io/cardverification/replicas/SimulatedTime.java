package io.cardverification.replicas;

import java.util.PriorityQueue;

/** True time, and everything that is going to happen. */
final class SimulatedTime {

    private record Event(long atNanos, long order, Runnable run) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return atNanos == other.atNanos ? Long.compare(order, other.order) : Long.compare(atNanos, other.atNanos);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNanos;
    private long order;
    private long steps;

    long nowNanos() {
        return nowNanos;
    }

    long steps() {
        return steps;
    }

    void schedule(long delayNanos, Runnable run) {
        events.add(new Event(nowNanos + Math.max(0, delayNanos), order++, run));
    }

    void pass(long nanos) {
        var end = nowNanos + nanos;
        for (var next = events.peek(); next != null && next.atNanos() <= end; next = events.peek()) {
            events.remove();
            nowNanos = next.atNanos();
            steps++;
            next.run().run();
        }
        nowNanos = end;
    }
}
