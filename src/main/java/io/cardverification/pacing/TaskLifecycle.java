package io.cardverification.pacing;

import java.util.List;

/**
 * Ends tasks, or puts them back into the queue for another attempt.
 *
 * <p>
 * Threads: not synchronised; the pacer's lock guards it.
 */
final class TaskLifecycle {

    /**
     * How often the pacer sends a request that the limit rejects. In a slow queue the same request is sent first in
     * each round, and is rejected twice. After more rejections the queue is not the cause.
     */
    private static final int MAX_REJECTIONS = 5;

    private final DepartureLimiter limiter;
    private final AdmissionGate gate;
    private final LaneScheduler queue;
    private final DelayedTasks delayed;
    private final PacerStats stats;
    private final Effects effects;

    TaskLifecycle(DepartureLimiter limiter, AdmissionGate gate, LaneScheduler queue, DelayedTasks delayed, PacerStats stats,
            Effects effects) {
        this.limiter = limiter;
        this.gate = gate;
        this.queue = queue;
        this.delayed = delayed;
        this.stats = stats;
        this.effects = effects;
    }

    /** No further attempt follows if the task has no waiters. */
    <T> void onAttempt(TaskState<T> task, Permit permit, Attempt<T> attempt, long nowNanos) {
        if (permit.isDenied()) {
            onDenied(task, permit, attempt.outcome(), nowNanos);
            return;
        }
        if (attempt instanceof Attempt.RateLimited<T> rejected) {
            onRejection(task, permit, rejected, nowNanos);
            return;
        }
        if (permit.isSent()) {
            limiter.onSuccess();
        }
        if (!task.isRunningWith(permit)) {
            return;
        }
        if (attempt instanceof Attempt.RetryAfter<T> retry && !gate.isClosed(nowNanos) && task.hasWaiters()) {
            retry(task, retry.outcome(), retry.delay().toNanos(), nowNanos);
        } else {
            conclude(task, attempt.outcome());
        }
    }

    /** Nothing was sent. */
    private <T> void onDenied(TaskState<T> task, Permit permit, T outcome, long nowNanos) {
        if (!task.isRunningWith(permit)) {
            return;
        }
        if (task.hasWaiters() && !gate.isClosed(nowNanos)) {
            requeueAtHead(task, nowNanos);
        } else {
            conclude(task, outcome);
        }
    }

    private <T> void conclude(TaskState<T> task, T outcome) {
        task.complete(outcome);
        for (var waiter : task.takeWaiters()) {
            effects.add(waiter.completed(outcome, task.dispatchedNanos()));
        }
        effects.add(new Effect.Complete<>(task, outcome));
    }

    private <T> void retry(TaskState<T> task, T outcome, long delayNanos, long nowNanos) {
        task.recordOutcome(outcome);
        if (delayNanos == 0) {
            requeueAsRetry(task, nowNanos);
            return;
        }
        for (var waiter : task.takeWaiters()) {
            if (waiter.remainingWaitNanos(nowNanos) < delayNanos) {
                effects.add(waiter.completed(outcome, nowNanos));
            } else {
                task.add(waiter);
            }
        }
        if (task.hasWaiters()) {
            task.delayUntil(nowNanos + delayNanos);
            delayed.add(task);
        } else {
            conclude(task, outcome);
        }
    }

    /** Before all other tasks of its caller, in that caller's turn. */
    void requeueAsRetry(TaskState<?> task, long nowNanos) {
        task.requeue(nowNanos + limiter.waitNanos(nowNanos, queue.aheadOfRetry(task.options())));
        queue.addRetry(task);
    }

    private <T> void onRejection(TaskState<T> task, Permit permit, Attempt.RateLimited<T> rejected, long nowNanos) {
        stats.recordRejection();
        if (limiter.degradesOnRejection()) {
            effects.add(new Effect.DegradeLimit());
        }
        var isCurrent = task.isRunningWith(permit);
        var times = isCurrent ? task.recordRejection(rejected.outcome()) : 1;
        var wasOverloaded = limiter.isOverloaded(nowNanos);
        var isOverloaded = limiter.onRejection(permit, times, rejected.errorCode(), nowNanos);
        if (isCurrent && times < MAX_REJECTIONS && !isOverloaded && !gate.isClosed(nowNanos) && task.hasWaiters()) {
            requeueAtHead(task, nowNanos);
        } else if (isCurrent) {
            conclude(task, rejected.outcome());
        }
        if (isOverloaded && !wasOverloaded) {
            limiter.limit().onOverload();
            var denial = limiter.overloadDenial(nowNanos);
            var all = takeTasks(nowNanos);
            effects.add(new Effect.ReportOverload(all.stream().mapToInt(each -> each.waiters().size()).sum()));
            all.forEach(each -> reject(each, denial, nowNanos));
        }
    }

    /** Before all other tasks of its lane. */
    private void requeueAtHead(TaskState<?> task, long nowNanos) {
        task.requeue(nowNanos + limiter.waitNanos(nowNanos, 0));
        queue.addAtHead(task);
    }

    /** After an attempt the task ends with the outcome of that attempt; before, it can be joined again. */
    <T> void endWithoutWaiters(TaskState<T> task) {
        if (task.phase() == TaskState.Phase.QUEUED) {
            queue.remove(task);
        }
        delayed.remove(task);
        var outcome = task.outcome();
        if (outcome != null) {
            conclude(task, outcome);
            return;
        }
        var cancellation = task.abandon();
        if (cancellation != null) {
            effects.add(new Effect.CancelAttempt(cancellation));
        }
    }

    /** Rejects all tasks in the queue, and those that pause if no task may enter the queue. */
    void rejectAll(PermitDenied denial, long nowNanos) {
        takeTasks(nowNanos).forEach(task -> reject(task, denial, nowNanos));
    }

    private List<TaskState<?>> takeTasks(long nowNanos) {
        var all = queue.drain();
        if (gate.isClosed(nowNanos)) {
            all.addAll(delayed.drain());
        }
        return all;
    }

    /** After an attempt the waiters receive its outcome. */
    private <T> void reject(TaskState<T> task, PermitDenied denial, long nowNanos) {
        task.waiters().forEach(waiter -> stats.recordDenial(denial.reason()));
        var outcome = task.outcome();
        if (outcome != null) {
            conclude(task, outcome);
        } else {
            task.takeWaiters().forEach(waiter -> effects.add(waiter.denied(denial, nowNanos)));
            task.abandon();
        }
    }
}
