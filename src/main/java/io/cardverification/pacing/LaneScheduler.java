package io.cardverification.pacing;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Lane;

/**
 * All queued tasks, in the order of their dispatch, and their waiters, in the order of their deadlines.
 *
 * <p>
 * Interactive tasks come first. If both lanes have tasks, batch receives its share of every hundred permits, evenly
 * spread. A lane may use what the other one does not use, and no lane saves permits up.
 *
 * <p>
 * Adding, removing and taking the next one are O(log n). Threads: not synchronised; the pacer's lock guards it.
 */
final class LaneScheduler {

    private static final int PERCENT = 100;

    private final WeightedRoundRobinQueue interactive = new WeightedRoundRobinQueue();
    private final WeightedRoundRobinQueue batch = new WeightedRoundRobinQueue();
    private final TreeSet<Waiter<?>> deadlines = new TreeSet<>();
    private final int batchPercent;
    private int batchCredit;

    /** @param batchPercent 0 to 90 */
    LaneScheduler(int batchPercent) {
        Preconditions.require(batchPercent >= 0 && batchPercent <= 90, "batch-percent must be 0 to 90, but is " + batchPercent);
        this.batchPercent = batchPercent;
    }

    boolean isEmpty() {
        return interactive.size() + batch.size() == 0;
    }

    int size(Lane lane) {
        return queue(lane).size();
    }

    private WeightedRoundRobinQueue queue(Lane lane) {
        return lane == Lane.INTERACTIVE ? interactive : batch;
    }

    void add(TaskState<?> task) {
        queue(task.options().lane()).add(task);
    }

    /** Adds a task before all others of its lane, with its waiters. */
    void addAtHead(TaskState<?> task) {
        queue(task.options().lane()).addAtHead(task);
        deadlines.addAll(task.waiters());
    }

    /** Adds a task before all others of its caller, with its waiters. */
    void addRetry(TaskState<?> task) {
        queue(task.options().lane()).addRetry(task);
        deadlines.addAll(task.waiters());
    }

    boolean isAtHead(TaskState<?> task) {
        return queue(task.options().lane()).isAtHead(task);
    }

    boolean isRetry(TaskState<?> task) {
        return queue(task.options().lane()).isRetry(task);
    }

    void add(Waiter<?> waiter) {
        deadlines.add(waiter);
    }

    void remove(Waiter<?> waiter) {
        deadlines.remove(waiter);
    }

    /** Removes a task and keeps its waiters, for adding it at another place. */
    void remove(TaskState<?> task) {
        queue(task.options().lane()).remove(task);
    }

    /** Removes the next task and its waiters; there must be one. */
    TaskState<?> next() {
        var task = nextQueue().next();
        task.waiters().forEach(deadlines::remove);
        return task;
    }

    private WeightedRoundRobinQueue nextQueue() {
        if (interactive.size() == 0 || batch.size() == 0) {
            return interactive.size() == 0 ? batch : interactive;
        }
        batchCredit += batchPercent;
        if (batchCredit < PERCENT) {
            return interactive;
        }
        batchCredit -= PERCENT;
        return batch;
    }

    /** The most tasks that are dispatched before one that joins now, if no other task joins. */
    int ahead(QueueOptions options) {
        return ahead(options.lane(), queue(options.lane()).ahead(options));
    }

    /** Like {@link #ahead}, for a task that joins as a retry. */
    int aheadOfRetry(QueueOptions options) {
        return ahead(options.lane(), queue(options.lane()).aheadOfRetry(options));
    }

    /** @param own how many of its own lane are dispatched before it */
    private int ahead(Lane lane, long own) {
        if (lane == Lane.INTERACTIVE) {
            var credit = (batchCredit + batchPercent * (own + 1)) / (PERCENT - batchPercent);
            return (int) (own + Math.min(batch.size(), credit));
        }
        if (batchPercent == 0) {
            return (int) own + interactive.size();
        }
        var permits = (PERCENT * (own + 1) - batchCredit + batchPercent - 1) / batchPercent;
        return (int) (own + Math.min(interactive.size(), permits - own - 1));
    }

    /** The waiter with the earliest deadline; null if the queue is empty. */
    @Nullable
    Waiter<?> earliestDeadline() {
        return deadlines.isEmpty() ? null : deadlines.first();
    }

    /** Removes all tasks. */
    List<TaskState<?>> drain() {
        var all = new ArrayList<TaskState<?>>();
        while (!isEmpty()) {
            all.add(next());
        }
        return all;
    }
}
