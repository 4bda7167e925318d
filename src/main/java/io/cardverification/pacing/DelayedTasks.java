package io.cardverification.pacing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that pause before their next attempt, ordered by the end of the pause.
 *
 * <p>
 * Every operation is O(log n). Threads: not synchronised; the pacer's lock guards it.
 */
final class DelayedTasks {

    /** By difference, since the clock may wrap. */
    private record Key(long dueNanos, long number) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            var later = dueNanos - other.dueNanos;
            return later != 0 ? Long.signum(later) : Long.compare(number, other.number);
        }
    }

    private final TreeMap<Key, TaskState<?>> byDueTime = new TreeMap<>();
    private final Map<TaskState<?>, Key> keys = new HashMap<>();
    private long number;

    /** @param task due at its {@link TaskState#expectedNanos} */
    void add(TaskState<?> task) {
        var key = new Key(task.expectedNanos(), number++);
        keys.put(task, key);
        byDueTime.put(key, task);
    }

    void remove(TaskState<?> task) {
        var key = keys.remove(task);
        if (key != null) {
            byDueTime.remove(key);
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The time to the next end of a pause, zero or less if it has passed; there must be a task. */
    long nextNanos(long nowNanos) {
        return byDueTime.firstKey().dueNanos() - nowNanos;
    }

    /** Removes one task whose pause has ended; null if no pause has. */
    @Nullable
    TaskState<?> pollDue(long nowNanos) {
        if (isEmpty() || nextNanos(nowNanos) > 0) {
            return null;
        }
        var task = byDueTime.firstEntry().getValue();
        remove(task);
        return task;
    }

    /** Removes all tasks. */
    List<TaskState<?>> drain() {
        var all = List.<TaskState<?>> copyOf(byDueTime.values());
        byDueTime.clear();
        keys.clear();
        return all;
    }
}
