package io.cardverification.pacing;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One waiter of a task, with its own deadline. Ordered by deadline.
 *
 * <p>
 * Threads: immutable. The core removes a waiter from its task before it emits a result, so each waiter receives one result.
 */
final class Waiter<T> implements Comparable<Waiter<?>> {

    private final TaskState<T> task;
    private final Consumer<TaskResult<T>> callback;
    private final long joinedNanos;
    private final long maxWaitNanos;
    private final long number;

    /**
     * @param callback called by the shell, never by the core
     * @param number unique among all waiters
     */
    Waiter(TaskState<T> task, Consumer<TaskResult<T>> callback, long joinedNanos, Duration maxWait, long number) {
        this.task = task;
        this.callback = callback;
        this.joinedNanos = joinedNanos;
        this.maxWaitNanos = maxWait.toNanos();
        this.number = number;
    }

    TaskState<T> task() {
        return task;
    }

    long maxWaitNanos() {
        return maxWaitNanos;
    }

    long waitedNanos(long nowNanos) {
        return Math.max(0, nowNanos - joinedNanos);
    }

    /** Zero or less after the deadline. */
    long remainingWaitNanos(long nowNanos) {
        return joinedNanos + maxWaitNanos - nowNanos;
    }

    Effect completed(T outcome, long waitEndNanos) {
        return new Effect.Deliver<>(callback,
                new TaskResult.Completed<>(outcome, Duration.ofNanos(waitedNanos(waitEndNanos))));
    }

    Effect denied(PermitDenied denial, long nowNanos) {
        return new Effect.Deliver<>(callback, new TaskResult.Denied<>(denial, Duration.ofNanos(waitedNanos(nowNanos))));
    }

    /** Compares differences, since the clock may wrap. */
    @Override
    public int compareTo(Waiter<?> other) {
        var later = remainingWaitNanos(other.joinedNanos) - other.maxWaitNanos;
        return later != 0 ? Long.signum(later) : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
