package io.cardverification.pacing;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

import io.cardverification.verification.Lane;

/**
 * An action that the core has decided and the shell takes: call a waiter, start or cancel an attempt, set the timer,
 * inform the listener. An immutable value. The shell applies effects in order and outside its lock.
 */
sealed interface Effect {

    void apply(DelayScheduler scheduler, PacerListener listener);

    /** Starts an attempt. */
    record Dispatch(TaskState<?> task, Permit permit, Lane lane, long waitedNanos) implements Effect {

        @Override
        public void apply(DelayScheduler scheduler, PacerListener listener) {
            listener.onDispatch(lane, waitedNanos);
            task.callOnDispatch(permit);
        }
    }

    /** Cancels an attempt whose request will never be sent. */
    record CancelAttempt(Runnable cancellation) implements Effect {

        @Override
        public void apply(DelayScheduler scheduler, PacerListener listener) {
            cancellation.run();
        }
    }

    /** Gives one waiter its result. */
    record Deliver<T>(Consumer<TaskResult<T>> waiter, TaskResult<T> result) implements Effect {

        @Override
        public void apply(DelayScheduler scheduler, PacerListener listener) {
            waiter.accept(result);
        }
    }

    /** Reports the outcome of a task, after all of its waiters have received it. */
    record Complete<T>(TaskState<T> task, T outcome) implements Effect {

        @Override
        public void apply(DelayScheduler scheduler, PacerListener listener) {
            task.callOnCompleted(outcome);
        }
    }

    /** @param onTimer receives the number of the timer when it fires */
    record ScheduleTimer(long delayNanos, long number, LongConsumer onTimer) implements Effect {

        @Override
        public void apply(DelayScheduler scheduler, PacerListener listener) {
            scheduler.schedule(delayNanos, () -> onTimer.accept(number));
        }
    }

    /** The upstream rejects what the configuration allows. */
    record DegradeLimit() implements Effect {

        @Override
        public void apply(DelayScheduler scheduler, PacerListener listener) {
            listener.onLimitDegraded();
        }
    }

    /** The upstream accepts what the configuration allows, again. */
    record RestoreLimit() implements Effect {

        @Override
        public void apply(DelayScheduler scheduler, PacerListener listener) {
            listener.onLimitRestored();
        }
    }

    /** Tasks wait, and no permit is free. */
    record RequestPermits(Runnable onStarved) implements Effect {

        @Override
        public void apply(DelayScheduler scheduler, PacerListener listener) {
            onStarved.run();
        }
    }

    /** @param rejected how many waiters the pacer rejects at once */
    record ReportOverload(int rejected) implements Effect {

        @Override
        public void apply(DelayScheduler scheduler, PacerListener listener) {
            listener.onOverload(rejected);
        }
    }
}
