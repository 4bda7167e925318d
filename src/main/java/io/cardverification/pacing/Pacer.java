package io.cardverification.pacing;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Starts tasks at the rate of the sliding-window log, in the order of the queue. {@link PacerCore} takes all decisions;
 * this class adds the lock, the clock and the timer.
 *
 * <p>
 * Threads: any. One lock guards the core. It is held for one event and never while an effect is applied: callbacks,
 * attempts and the timer run outside it. An attempt starts on the thread of the caller if a permit is free, otherwise
 * on the thread of the timer or on the thread that returned a permit.
 */
public final class Pacer {

    /** @param <R> the answer of the core */
    private interface Event<R extends @Nullable Object> {

        R applyTo(PacerCore core, long nowNanos);
    }

    private interface VoidEvent {

        void applyTo(PacerCore core, long nowNanos);
    }

    private final Object lock = new Object();
    private final PacerCore core;
    private final LongSupplier nanoClock;
    private final DelayScheduler scheduler;
    private final PacerListener listener;
    private volatile LongSupplier wallMillis = () -> 0;

    Pacer(PacingConfig config, LongSupplier nanoClock, DelayScheduler scheduler, PacerListener listener) {
        this.nanoClock = nanoClock;
        this.scheduler = scheduler;
        this.listener = listener;
        this.core = new PacerCore(config, new PermitOwner(), this::onTimer, nanoClock.getAsLong());
    }

    /**
     * Creates a task. Nothing happens before a waiter joins it.
     *
     * @param work makes one attempt. It reports to its permit when it sends the request, as late as it can. It should
     *        not fail.
     * @param onFailure the outcome if {@code work} fails nevertheless; must not block and must not throw
     * @param onCompleted receives the outcome once, after all waiters, on any thread. It is not called if all waiters
     *        left before the first request was sent. Must not block and must not throw
     */
    public <T> PacedTask<T> task(Function<Permit, Uni<Attempt<T>>> work, Function<Throwable, T> onFailure,
            Consumer<T> onCompleted) {
        return new PacedTask<>(this, work, onFailure, onCompleted);
    }

    /** Gives no permit from now on and rejects all waiters. Running attempts continue. */
    public void stop(Duration retryAfter) {
        apply((core, nowNanos) -> core.stop(retryAfter, nowNanos));
    }

    /**
     * Like {@link #stop}, until {@link #resume}. Without a call of that, it ends half a minute after {@code retryAfter}.
     *
     * @param retryAfter when the caller expects to resume
     */
    public void suspend(Duration retryAfter) {
        apply((core, nowNanos) -> core.suspend(retryAfter, nowNanos));
    }

    public void resume() {
        apply((core, nowNanos) -> core.resume());
    }

    /** No other process has sent requests lately, so all permits are free. Call it before the first task joins. */
    public void startRested() {
        apply((core, nowNanos) -> core.startRested());
    }

    /** The free permits and the wait for a waiter that joins now. */
    public Availability availability() {
        return decide(PacerCore::availability);
    }

    PacerSnapshot snapshot() {
        return decide(PacerCore::snapshot);
    }

    /**
     * Begins to run on leased permits only, and owns none until the first grant. Call it before the first task joins.
     *
     * @param wallMillis the wall clock, compared with the monotonic clock at each departure
     * @param onStarved called when tasks begin to wait for a permit; must not block and must not throw
     */
    public LeasedPermits lease(LongSupplier wallMillis, Runnable onStarved) {
        this.wallMillis = wallMillis;
        lease((leases, nowNanos) -> {
            leases.begin(onStarved, nowNanos);
            return true;
        });
        return new PacerLeases(this);
    }

    /** Until the lease is extended. */
    void loseLease(Duration retryAfter) {
        apply((core, nowNanos) -> core.loseLease(retryAfter, nowNanos));
    }

    <R> R lease(BiFunction<PermitLeases, Long, R> event) {
        return decide((core, nowNanos) -> event.apply(core.leases(), nowNanos));
    }

    /** One event for joining and the first poll, so that a waiter that finds a free permit has waited for no time. */
    <T> void join(TaskState<T> task, QueueOptions options, UniEmitter<? super TaskResult<T>> caller) {
        var waiter = this.<@Nullable Waiter<T>> decide((core, nowNanos) -> {
            var joined = core.join(task, options, caller::complete, nowNanos);
            if (joined != null) {
                core.poll(nowNanos);
            }
            return joined;
        }, joined -> {
            if (joined != null) {
                caller.onTermination(() -> cancel(joined)); // before an effect completes the caller
            }
        });
        if (waiter != null) {
            dispatchReady();
        }
    }

    /** Also called when the waiter has its result; then it does nothing. */
    private void cancel(Waiter<?> waiter) {
        if (decide((core, nowNanos) -> core.cancel(waiter, nowNanos))) {
            dispatchReady(); // the waiter may have held a permit
        }
    }

    boolean isCommitted(TaskState<?> task) {
        return decide((core, nowNanos) -> core.isCommitted(task));
    }

    boolean isCurrent(TaskState<?> task, Permit permit) {
        return decide((core, nowNanos) -> core.isCurrent(task, permit));
    }

    boolean started(TaskState<?> task, Permit permit, Runnable cancellation) {
        return decide((core, nowNanos) -> core.started(task, permit, cancellation));
    }

    <T> void complete(TaskState<T> task, Permit permit, Attempt<T> attempt) {
        apply((core, nowNanos) -> core.complete(task, permit, attempt, nowNanos));
        dispatchReady(); // a pause after a rejection may be over
    }

    private void onTimer(long number) {
        apply((core, nowNanos) -> core.onTimer(number, nowNanos));
        dispatchReady();
    }

    void dispatchReady() {
        while (decide(PacerCore::poll)) {
            // each poll dispatches one task or times one waiter out
        }
    }

    private void apply(VoidEvent event) {
        decide((core, nowNanos) -> {
            event.applyTo(core, nowNanos);
            return true;
        });
    }

    private <R extends @Nullable Object> R decide(Event<R> event) {
        return decide(event, answer -> {
        });
    }

    private <R extends @Nullable Object> R decide(Event<R> event, Consumer<? super R> beforeEffects) {
        R answer;
        List<Effect> due;
        synchronized (lock) {
            answer = event.applyTo(core, nanoClock.getAsLong());
            due = core.takeEffects();
        }
        beforeEffects.accept(answer);
        due.forEach(effect -> effect.apply(scheduler, listener));
        return answer;
    }

    /** The reports of a permit's holder. */
    private final class PermitOwner implements Permit.Owner {

        @Override
        public boolean markSent(Permit permit) {
            return decide((core, nowNanos) -> {
                if (core.leases().isLeased()) {
                    core.leases().compareClocks(nowNanos, wallMillis.getAsLong());
                }
                return core.markSent(permit, nowNanos);
            });
        }

        @Override
        public boolean revoke(Permit permit) {
            var isRevoked = decide((core, nowNanos) -> core.revoke(permit));
            dispatchReady();
            return isRevoked;
        }
    }
}
