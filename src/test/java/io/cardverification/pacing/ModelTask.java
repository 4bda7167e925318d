package io.cardverification.pacing;

import org.jspecify.annotations.Nullable;

/** One task in the model. Checks the core's effects on it. */
final class ModelTask {

    /** A waiter of the task. Receives one result, or leaves. */
    static final class ModelWaiter {

        final ModelTask task;
        private final long deadlineNanos;
        @Nullable
        Waiter<Integer> handle;
        private boolean hasResult;
        private boolean hasLeft;

        ModelWaiter(ModelTask task, long deadlineNanos) {
            this.task = task;
            this.deadlineNanos = deadlineNanos;
            task.waiting++;
        }

        boolean isWaiting() {
            return !hasResult && !hasLeft;
        }

        boolean isOverdue(long nowNanos) {
            return isWaiting() && task.state.phase() == TaskState.Phase.QUEUED && deadlineNanos - nowNanos <= 0;
        }

        void leave() {
            hasLeft = true;
            task.waiting--;
        }

        void receive(TaskResult<Integer> result) {
            task.model.check(!hasLeft, "a waiter was served after it had left");
            task.model.check(!hasResult, "a waiter received two results");
            task.model.check(!(result instanceof TaskResult.Completed<Integer> completed) || completed.outcome() == task.number,
                    "a waiter received the outcome of another task");
            hasResult = true;
            task.waiting--;
        }
    }

    final TaskState<Integer> state = new TaskState<>(this::onDispatch, this::onCompleted);
    private final PacerModel model;
    private final int number;
    private int waiting;
    private boolean isSent;
    private boolean isCompleted;

    ModelTask(PacerModel model, int number) {
        this.model = model;
        this.number = number;
    }

    int number() {
        return number;
    }

    private void onDispatch(Permit permit) {
        model.check(waiting > 0, "a task was dispatched after its waiters had left");
        model.check(!isCompleted, "a task was dispatched after its end");
        model.dispatched(new ModelAttempt(model, this, permit));
    }

    void sent() {
        model.check(waiting > 0, "a request was sent after its waiters had left");
        isSent = true;
    }

    private void onCompleted(int outcome) {
        model.check(!isCompleted, "a task was completed twice");
        model.check(waiting == 0, "a task was completed before its waiters had their results");
        isCompleted = true;
    }

    /** A request that was sent may have been charged, so the outcome must be reported. */
    void checkEnd() {
        model.check(waiting == 0, "a waiter was forgotten");
        model.check(isCompleted || !isSent, "the outcome of a request that was sent was lost");
    }
}
