package io.cardverification.replicas;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The upstream of all replicas, and the checks of the two invariants that hold at each departure: at most N in any window,
 * and no task is served twice.
 */
final class SharedUpstream {

    private static final long WINDOW_NANOS = 1_000_000_000;

    private final SimulatedTime time;
    private final int limit;
    private final Deque<Long> departures = new ArrayDeque<>();
    private final Deque<Long> accepted = new ArrayDeque<>();
    private final Set<Integer> served = new HashSet<>();
    /** What the upstream really allows; the replicas do not know it. */
    private int allowed;
    private long sent;
    private long rejected;
    private int largest;

    SharedUpstream(SimulatedTime time, int limit) {
        this.time = time;
        this.limit = limit;
        this.allowed = limit;
    }

    void allow(int permits) {
        allowed = permits;
    }

    private static void expire(Deque<Long> times, long nowNanos) {
        while (!times.isEmpty() && nowNanos - times.getFirst() >= WINDOW_NANOS) {
            times.removeFirst();
        }
    }

    /** @return whether the upstream accepts the request */
    boolean receive(int task) {
        var now = time.nowNanos();
        sent++;
        expire(departures, now);
        departures.addLast(now);
        largest = Math.max(largest, departures.size());
        if (departures.size() > limit) {
            throw new AssertionError(departures.size() + " departures in a window of " + limit);
        }
        expire(accepted, now);
        if (accepted.size() >= allowed) {
            rejected++;
            return false;
        }
        accepted.addLast(now);
        if (!served.add(task)) {
            throw new AssertionError("task " + task + " was served twice");
        }
        return true;
    }

    long sent() {
        return sent;
    }

    long rejected() {
        return rejected;
    }

    int largest() {
        return largest;
    }
}
