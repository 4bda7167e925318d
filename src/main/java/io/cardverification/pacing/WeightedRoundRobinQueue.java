package io.cardverification.pacing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One lane. First the tasks that the upstream's limit rejected, then a weighted round-robin over callers. Of one caller,
 * retries come first, then first come, first served.
 *
 * <p>
 * A retry uses one of its caller's permits in the round. So repeated requests do not raise a caller above its weight. A
 * request that the limit rejected uses none: the limit is shared, and no caller can cause a rejection for itself alone.
 * Rejected: all retries before all other tasks. One caller whose requests returned -17 received four permits for each
 * permit of the others.
 *
 * <p>
 * Every operation is O(1). Threads: not synchronised; the pacer's lock guards it.
 */
final class WeightedRoundRobinQueue {

    /** The queued tasks of one caller. */
    private static final class CallerQueue {

        private final Set<TaskState<?>> retries = new LinkedHashSet<>();
        private final Set<TaskState<?>> tasks = new LinkedHashSet<>();
        private int weight;
        /** How many more are dispatched before the next caller's turn. */
        private int remainingQuantum;

        void setWeight(int weight) {
            this.remainingQuantum = remainingQuantum == this.weight ? weight : Math.min(remainingQuantum, weight);
            this.weight = weight;
        }

        int size() {
            return retries.size() + tasks.size();
        }

        TaskState<?> next() {
            return first(retries.isEmpty() ? tasks : retries);
        }

        /**
         * The most turns that each other caller has before this caller's task behind {@code before} others is dispatched.
         */
        long roundsUntilServed(int before) {
            var last = before + 1L;
            var beyond = remainingQuantum < weight ? Math.max(0, last - remainingQuantum) : last;
            return (beyond + weight - 1) / weight;
        }
    }

    private final Set<TaskState<?>> atHead = new LinkedHashSet<>();
    /** The caller whose turn it is comes first. No entry is empty. */
    private final Map<String, CallerQueue> round = new LinkedHashMap<>();
    private long weights;
    private int size;

    int size() {
        return size;
    }

    void add(TaskState<?> task) {
        callerQueue(task.options()).tasks.add(task);
        size++;
    }

    /** Adds a task before all others of its caller and behind its other retries. */
    void addRetry(TaskState<?> task) {
        callerQueue(task.options()).retries.add(task);
        size++;
    }

    /** The latest task of a caller sets its weight. */
    private CallerQueue callerQueue(QueueOptions options) {
        var own = round.computeIfAbsent(options.caller(), caller -> new CallerQueue());
        weights += options.weight() - own.weight;
        own.setWeight(options.weight());
        return own;
    }

    /** Adds a task before all others of the lane. */
    void addAtHead(TaskState<?> task) {
        atHead.add(task);
        size++;
    }

    /** Whether the limit rejected the task, so that it waits before all others of the lane. */
    boolean isAtHead(TaskState<?> task) {
        return atHead.contains(task);
    }

    boolean isRetry(TaskState<?> task) {
        var own = round.get(task.options().caller());
        return own != null && own.retries.contains(task);
    }

    void remove(TaskState<?> task) {
        var caller = task.options().caller();
        var own = round.get(caller);
        if (atHead.remove(task)) {
            size--;
        } else if (own != null && (own.tasks.remove(task) || own.retries.remove(task))) {
            size--;
            if (own.size() == 0) {
                round.remove(caller);
                weights -= own.weight;
            }
        }
    }

    /** Removes the next task; there must be one. */
    TaskState<?> next() {
        size--;
        if (!atHead.isEmpty()) {
            return first(atHead);
        }
        var callers = round.entrySet().iterator();
        var caller = callers.next();
        var own = caller.getValue();
        var task = own.next();
        if (own.size() == 0) {
            callers.remove();
            weights -= own.weight;
        } else if (--own.remainingQuantum == 0) {
            callers.remove();
            own.remainingQuantum = own.weight;
            round.put(caller.getKey(), own);
        }
        return task;
    }

    private static TaskState<?> first(Set<TaskState<?>> tasks) {
        var iterator = tasks.iterator();
        var task = iterator.next();
        iterator.remove();
        return task;
    }

    /** The most tasks of this lane that are dispatched before one that joins now. */
    int ahead(QueueOptions options) {
        var own = round.get(options.caller());
        return ahead(own, own == null ? 0 : own.size());
    }

    /** Like {@link #ahead}, for a task that joins as a retry. */
    int aheadOfRetry(QueueOptions options) {
        var own = round.get(options.caller());
        return ahead(own, own == null ? 0 : own.retries.size());
    }

    private int ahead(@Nullable CallerQueue own, int before) {
        var others = own == null ? weights : before + own.roundsUntilServed(before) * (weights - own.weight);
        return (int) Math.min(size, atHead.size() + others);
    }
}
