package io.cardverification.pacing;

/** One attempt in a simulated process: it is sent once, or denied, and then ends. */
public final class SimulatedAttempt {

    /** Starts the attempts of one task. */
    static final class Dispatcher {

        private final SimulatedPacer pacer;
        private final SimulatedPacer.Host process;
        private final int number;
        private final TaskState<Integer> task = new TaskState<>(this::onDispatch, outcome -> {
        });

        Dispatcher(SimulatedPacer pacer, SimulatedPacer.Host process, int number) {
            this.pacer = pacer;
            this.process = process;
            this.number = number;
        }

        TaskState<Integer> task() {
            return task;
        }

        private void onDispatch(Permit permit) {
            if (pacer.core().isCurrent(task, permit)) {
                process.dispatched(new SimulatedAttempt(this, permit));
            }
        }
    }

    private final Dispatcher dispatcher;
    private final Permit permit;

    private SimulatedAttempt(Dispatcher dispatcher, Permit permit) {
        this.dispatcher = dispatcher;
        this.permit = permit;
    }

    public int task() {
        return dispatcher.number;
    }

    /** @return whether the request leaves now; otherwise the attempt has ended */
    public boolean send() {
        var isSent = permit.markSent();
        dispatcher.pacer.settle();
        if (!isSent) {
            complete(new Attempt.Done<>(task()));
        }
        return isSent;
    }

    public void accepted() {
        complete(new Attempt.Done<>(task()));
    }

    public void rejected() {
        complete(new Attempt.RateLimited<>(task(), "RequestLimitExceeded"));
    }

    private void complete(Attempt<Integer> attempt) {
        dispatcher.pacer.core().complete(dispatcher.task, permit, attempt, dispatcher.process.nowNanos());
        dispatcher.pacer.settle();
    }
}
