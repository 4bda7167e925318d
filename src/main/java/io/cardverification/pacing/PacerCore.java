package io.cardverification.pacing;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.PermitDenied.Reason;

/**
 * All decisions of the pacer: which task is dispatched next, which waiter is denied, and when to decide again.
 *
 * <p>
 * Each method is one event at the time {@code nowNanos}. It changes the state and adds effects, which {@link #takeEffects}
 * returns. The core knows no lock, thread, clock or reactive type, so that a test can drive every order of events.
 *
 * <p>
 * Threads: not synchronised; {@link Pacer} applies one event at a time.
 */
final class PacerCore {

    private final Permit.Owner owner;
    private final LongConsumer onTimer;
    private final DepartureLimiter limiter;
    private final AdmissionGate gate = new AdmissionGate();
    private final LaneScheduler queue;
    private final DelayedTasks delayed = new DelayedTasks();
    private final WakeUpTimer timer = new WakeUpTimer();
    private final PacerStats stats;
    private final Admission admission;
    private final Effects effects = new Effects();
    private final TaskLifecycle lifecycle;
    private final PermitLeases leases;
    private long waiterCount;

    PacerCore(PacingConfig config, Permit.Owner owner, LongConsumer onTimer, long nowNanos) {
        this.owner = owner;
        this.onTimer = onTimer;
        this.limiter = new DepartureLimiter(config);
        this.queue = new LaneScheduler(config.batchPercent());
        this.stats = new PacerStats(config.window(), config.limit());
        this.admission = new Admission(limiter, gate, queue);
        this.lifecycle = new TaskLifecycle(limiter, gate, queue, delayed, stats, effects);
        this.leases = new PermitLeases(limiter, gate, queue, stats, effects);
        if (config.startSaturated()) {
            limiter.log().saturate(nowNanos);
        }
    }

    void startRested() {
        limiter.log().clear();
    }

    /** The effects of the events since the last call, in order. */
    List<Effect> takeEffects() {
        return effects.take();
    }

    /** @return the new waiter; null if it has its result already, as an effect */
    <T> @Nullable Waiter<T> join(TaskState<T> task, QueueOptions options, Consumer<TaskResult<T>> callback, long nowNanos) {
        var waiter = new Waiter<>(task, callback, nowNanos, options.maxWait(), waiterCount++);
        var outcome = task.outcome();
        if (task.phase() == TaskState.Phase.DONE && outcome != null) {
            effects.add(waiter.completed(outcome, task.dispatchedNanos()));
            return null;
        }
        var denial = admission.admit(waiter, options, nowNanos);
        if (denial != null) {
            stats.recordDenial(denial.reason());
            effects.add(waiter.denied(denial, nowNanos));
            return null;
        }
        task.add(waiter);
        return waiter;
    }

    /** The waiter leaves. @return false if it has its result already */
    boolean cancel(Waiter<?> waiter, long nowNanos) {
        var task = waiter.task();
        if (!task.remove(waiter)) {
            return false;
        }
        if (task.permit() == null) {
            stats.recordCancellation();
        }
        queue.remove(waiter);
        onWaiterLeft(task);
        return true;
    }

    /** An attempt continues if its request was sent, since only its outcome reports the charge. */
    private <T> void onWaiterLeft(TaskState<T> task) {
        var permit = task.permit();
        if (task.hasWaiters() || (permit != null && !revoke(permit))) {
            return;
        }
        lifecycle.endWithoutWaiters(task);
    }

    /**
     * Dispatches one task, or times one waiter out. If neither is due, arms the timer. A wait can exceed its
     * prediction: the network, the upstream and later tasks with precedence can take more time or permits than was
     * known.
     *
     * @return whether to poll again
     */
    boolean poll(long nowNanos) {
        if (!queue.isEmpty()) {
            if (limiter.departureNanos(nowNanos) <= 0) {
                dispatch(queue.next(), nowNanos);
                return true;
            }
            var waiter = queue.earliestDeadline();
            if (waiter != null && waiter.remainingWaitNanos(nowNanos) <= 0) {
                timeOut(waiter, nowNanos);
                return true;
            }
        }
        leases.reportStarvation(nowNanos);
        armTimer(nowNanos);
        return false;
    }

    private void dispatch(TaskState<?> task, long nowNanos) {
        var permit = new Permit(owner);
        limiter.acquire();
        task.dispatch(permit, nowNanos);
        effects.add(new Effect.Dispatch(task, permit, task.options().lane(), task.longestWaitNanos(nowNanos)));
    }

    /** After an attempt the waiter receives its outcome, which is the reason for the long wait. */
    private <T> void timeOut(Waiter<T> waiter, long nowNanos) {
        var task = waiter.task();
        task.remove(waiter);
        queue.remove(waiter);
        stats.recordDenial(Reason.WAIT_TIMEOUT);
        var outcome = task.outcome();
        effects.add(outcome != null ? waiter.completed(outcome, nowNanos)
                : waiter.denied(admission.timeoutDenial(waiter, nowNanos), nowNanos));
        onWaiterLeft(task);
    }

    /** Whether the attempt with this permit may start: false if all waiters left since the dispatch. */
    boolean isCurrent(TaskState<?> task, Permit permit) {
        return task.isRunningWith(permit);
    }

    /** @return false if the attempt is not wanted any more, or has ended; then the caller cancels it */
    boolean started(TaskState<?> task, Permit permit, Runnable cancellation) {
        if (!task.isRunningWith(permit)) {
            return false;
        }
        task.setCancellation(cancellation);
        return true;
    }

    /** Whether a cancel changes nothing: the task runs or is done. */
    boolean isCommitted(TaskState<?> task) {
        return task.permit() != null || task.phase() == TaskState.Phase.DONE;
    }

    boolean markSent(Permit permit, long nowNanos) {
        if (!limiter.log().mayDepart(nowNanos) && permit.toDenied()) {
            limiter.release();
        } else if (permit.toSent()) {
            recordDeparture(permit, nowNanos);
        }
        return permit.isSent();
    }

    /** A permit that ends unsent does not count. @return whether the request will never be sent */
    boolean revoke(Permit permit) {
        if (permit.toEnded()) {
            limiter.release();
        }
        return !permit.isSent();
    }

    private void recordDeparture(Permit permit, long nowNanos) {
        var isRestored = limiter.recordDeparture(permit, nowNanos);
        stats.recordDeparture(nowNanos);
        armTimer(nowNanos);
        if (isRestored) {
            effects.add(new Effect.RestoreLimit());
        }
    }

    /** An attempt ended. */
    <T> void complete(TaskState<T> task, Permit permit, Attempt<T> attempt, long nowNanos) {
        if (permit.toEnded()) {
            recordDeparture(permit, nowNanos);
        }
        lifecycle.onAttempt(task, permit, attempt, nowNanos);
    }

    /** Running attempts continue. */
    void stop(Duration retryAfter, long nowNanos) {
        lifecycle.rejectAll(gate.stop(retryAfter), nowNanos);
    }

    /** Running attempts continue. */
    void suspend(Duration retryAfter, long nowNanos) {
        gate.close(nowNanos + retryAfter.toNanos());
        var denial = gate.denial(nowNanos);
        if (denial != null) {
            lifecycle.rejectAll(denial, nowNanos);
        }
    }

    /** Running attempts continue. */
    void loseLease(Duration retryAfter, long nowNanos) {
        lifecycle.rejectAll(gate.loseLease(retryAfter), nowNanos);
    }

    void resume() {
        gate.open();
    }

    /** @param number of the timer that fired; a timer fires late, never early */
    void onTimer(long number, long nowNanos) {
        timer.fired(number);
        for (var task = delayed.pollDue(nowNanos); task != null; task = delayed.pollDue(nowNanos)) {
            lifecycle.requeueAsRetry(task, nowNanos);
        }
    }

    /** For the next departure, the next deadline or the next end of a pause, whichever is first. */
    private void armTimer(long nowNanos) {
        var delayNanos = Long.MAX_VALUE;
        var waiter = queue.earliestDeadline();
        if (waiter != null) {
            delayNanos = Math.min(limiter.departureNanos(nowNanos), waiter.remainingWaitNanos(nowNanos));
        }
        if (!delayed.isEmpty()) {
            delayNanos = Math.min(delayNanos, delayed.nextNanos(nowNanos));
        }
        if (delayNanos < Long.MAX_VALUE) {
            var laterNanos = Math.max(1, delayNanos);
            if (timer.arm(nowNanos + laterNanos)) {
                effects.add(new Effect.ScheduleTimer(laterNanos, timer.number(), onTimer));
            }
        }
    }

    /** The free permits and the wait for a waiter that joins now. */
    Availability availability(long nowNanos) {
        return admission.availability(nowNanos);
    }

    PermitLeases leases() {
        return leases;
    }

    PacerSnapshot snapshot(long nowNanos) {
        return PacerSnapshot.of(limiter, queue, stats, nowNanos);
    }
}
