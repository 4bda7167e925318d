package io.cardverification.pacing;

import java.util.function.Consumer;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;

/**
 * A piece of work that needs one permit for each attempt, and the waiters that share its outcome.
 *
 * <p>
 * A waiter that joins while the task is queued or runs shares its permit, its attempt and its outcome. The task queues
 * at the best place that any of its waiters has. If all waiters leave before the request is sent, nothing is sent, and
 * the task can be joined again. A request that was sent cannot be called back: the attempt continues without waiters
 * and can be joined until it ends.
 *
 * <p>
 * Threads: any.
 */
public final class PacedTask<T> {

    private final Pacer pacer;
    private final Function<Permit, Uni<Attempt<T>>> work;
    private final Function<Throwable, T> onFailure;
    private final TaskState<T> state;

    PacedTask(Pacer pacer, Function<Permit, Uni<Attempt<T>>> work, Function<Throwable, T> onFailure,
            Consumer<T> onCompleted) {
        this.pacer = pacer;
        this.work = work;
        this.onFailure = onFailure;
        this.state = new TaskState<>(this::start, onCompleted);
    }

    /**
     * Waits from subscription on. Never fails. Cancelling does not affect the other waiters.
     *
     * @param options if the predicted wait exceeds the maximum, the waiter is denied at once
     */
    public Uni<TaskResult<T>> join(QueueOptions options) {
        return Uni.createFrom().emitter(caller -> pacer.join(state, options, caller));
    }

    /** Whether a cancel changes nothing: the task runs or is done. */
    public boolean isCommitted() {
        return pacer.isCommitted(state);
    }

    /** Runs outside the pacer's lock. All waiters may leave before, while and after the attempt starts. */
    private void start(Permit permit) {
        if (!pacer.isCurrent(state, permit)) {
            return;
        }
        var running = Uni.createFrom().deferred(() -> work.apply(permit)).subscribe()
                .with(attempt -> pacer.complete(state, permit, attempt), failure -> fail(permit, failure));
        if (!pacer.started(state, permit, running::cancel)) {
            running.cancel(); // all waiters left, or the attempt has ended, and then this does nothing
        }
    }

    private void fail(Permit permit, Throwable failure) {
        pacer.complete(state, permit, new Attempt.Done<>(onFailure.apply(failure)));
    }
}
