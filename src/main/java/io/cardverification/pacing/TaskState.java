package io.cardverification.pacing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The state of one task: its phase, its waiters, its permit and the outcome of its last attempt.
 *
 * <p>
 * Threads: not synchronised; the pacer's lock guards it. The callbacks are stored here and called by the shell.
 */
final class TaskState<T> {

    /** The phases of a task. */
    enum Phase {
        IDLE,
        QUEUED,
        RUNNING,
        /** An attempt ended, and the next one follows after a pause. */
        DELAYED,
        DONE
    }

    private final Consumer<Permit> onDispatch;
    private final Consumer<T> onCompleted;

    private final Set<Waiter<T>> waiters = new LinkedHashSet<>(2);
    private Phase phase = Phase.IDLE;
    private @Nullable QueueOptions options;
    private long expectedNanos;
    private int rejections;
    private @Nullable T outcome;
    private @Nullable Permit permit;
    private @Nullable Runnable cancellation;
    private long dispatchedNanos;

    TaskState(Consumer<Permit> onDispatch, Consumer<T> onCompleted) {
        this.onDispatch = onDispatch;
        this.onCompleted = onCompleted;
    }

    Phase phase() {
        return phase;
    }

    void add(Waiter<T> waiter) {
        waiters.add(waiter);
    }

    /** @return whether it waited until now */
    boolean remove(Waiter<?> waiter) {
        return waiters.remove(waiter);
    }

    Set<Waiter<T>> waiters() {
        return waiters;
    }

    boolean hasWaiters() {
        return !waiters.isEmpty();
    }

    List<Waiter<T>> takeWaiters() {
        var all = new ArrayList<>(waiters);
        waiters.clear();
        return all;
    }

    long longestWaitNanos(long nowNanos) {
        var longest = 0L;
        for (var waiter : waiters) {
            longest = Math.max(longest, waiter.waitedNanos(nowNanos));
        }
        return longest;
    }

    /** @throws IllegalStateException if the task was never queued */
    QueueOptions options() {
        if (options == null) {
            throw new IllegalStateException("the task was never queued");
        }
        return options;
    }

    /** @param expectedNanos the predicted time of the permit */
    void enqueue(QueueOptions options, long expectedNanos) {
        this.options = options;
        requeue(expectedNanos);
    }

    void requeue(long expectedNanos) {
        moveTo(Phase.QUEUED);
        this.expectedNanos = expectedNanos;
    }

    void delayUntil(long dueNanos) {
        moveTo(Phase.DELAYED);
        this.expectedNanos = dueNanos;
    }

    /** The predicted time of the permit, or the end of the pause. */
    long expectedNanos() {
        return expectedNanos;
    }

    void dispatch(Permit permit, long nowNanos) {
        moveTo(Phase.RUNNING);
        this.permit = permit;
        this.dispatchedNanos = nowNanos;
    }

    /** False if the attempt with this permit was abandoned or has ended. */
    boolean isRunningWith(Permit permit) {
        return this.permit == permit;
    }

    /** Null unless an attempt runs. */
    @Nullable
    Permit permit() {
        return permit;
    }

    void setCancellation(Runnable cancellation) {
        this.cancellation = cancellation;
    }

    /** All waiters left before an attempt ended. @return cancels the running attempt; null if none runs */
    @Nullable
    Runnable abandon() {
        var running = cancellation;
        moveTo(Phase.IDLE);
        return running;
    }

    /** An attempt ended, and another one may follow. */
    void recordOutcome(T outcome) {
        this.outcome = outcome;
    }

    /** @return how often the rate limit has rejected this task */
    int recordRejection(T outcome) {
        this.outcome = outcome;
        return ++rejections;
    }

    /** The outcome of the last attempt; null before the first attempt ended. */
    @Nullable
    T outcome() {
        return outcome;
    }

    void complete(T outcome) {
        moveTo(Phase.DONE);
        this.outcome = outcome;
    }

    private void moveTo(Phase next) {
        phase = next;
        permit = null;
        cancellation = null;
    }

    /** When the last attempt received its permit. */
    long dispatchedNanos() {
        return dispatchedNanos;
    }

    void callOnDispatch(Permit permit) {
        onDispatch.accept(permit);
    }

    void callOnCompleted(T outcome) {
        onCompleted.accept(outcome);
    }
}
