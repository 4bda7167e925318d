package io.cardverification.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * A piece of work that waits for one permit, and all who wait for it.
 *
 * <p>
 * Whoever joins while it waits or runs rides along: one permit, one piece of work, one outcome for all. It waits at the best
 * place that any of them has to offer. When all have left before it departed, nothing departs, and it can be joined anew; what
 * has departed cannot be called back, goes on without them and can be joined until it ends.
 *
 * <p>
 * Threads: any. All state is the {@link Pacer}'s and is touched under its lock only.
 */
public final class PacedTask<T> {

    /** What it is doing. */
    enum State {
        IDLE,
        WAITING,
        RUNNING,
        /** It has run, and is to run again after a while. */
        RESTING,
        DONE
    }

    private final Pacer pacer;
    private final Function<Permit, Uni<T>> work;
    private final Consumer<TaskResult<T>> ended;

    private final Set<Waiter<T>> riders = new LinkedHashSet<>(2);
    private State state = State.IDLE;
    private @Nullable QueueOptions place;
    private long expectedNanos;
    private int refusals;
    private @Nullable Throwable last;
    private @Nullable Permit permit;
    private @Nullable Cancellable running;
    private @Nullable T item;
    private @Nullable Throwable failure;
    private long grantedNanos;

    PacedTask(Pacer pacer, Function<Permit, Uni<T>> work, Consumer<TaskResult<T>> ended) {
        this.pacer = pacer;
        this.work = work;
        this.ended = ended;
    }

    /**
     * Waits from subscription on. Never fails: how it ended is the item. Cancelling leaves the others alone.
     *
     * @param place where the wait would be too long, it ends at once with {@link PermitDenied}
     */
    public Uni<TaskResult<T>> join(QueueOptions place) {
        return pacer.join(this, place);
    }

    /** Whether it runs, or has ended, so that who leaves now changes nothing. */
    public boolean isBeyondRecall() {
        return pacer.isBeyondRecall(this);
    }

    State state() {
        return state;
    }

    void add(Waiter<T> rider) {
        riders.add(rider);
    }

    boolean remove(Waiter<?> rider) {
        return riders.remove(rider);
    }

    Set<Waiter<T>> riders() {
        return riders;
    }

    /** @throws IllegalStateException where it has never waited */
    QueueOptions place() {
        if (place == null) {
            throw new IllegalStateException("it has no place yet");
        }
        return place;
    }

    /** @param expectedNanos when it will have its permit, as far as can be told */
    void waitAt(QueueOptions place, long expectedNanos) {
        this.state = State.WAITING;
        this.place = place;
        this.expectedNanos = expectedNanos;
    }

    long expectedNanos() {
        return expectedNanos;
    }

    /** @return how often it has been refused now */
    int refusedBy(LimitRefused refusal) {
        last = refusal.failure();
        return ++refusals;
    }

    /** It is to run again, for this reason. */
    void ran(Throwable failure) {
        last = failure;
    }

    /** How it ended when it ran last; null where it has not run. */
    @Nullable
    Throwable last() {
        return last;
    }

    void grant(Permit permit, long nowNanos) {
        this.state = State.RUNNING;
        this.permit = permit;
        this.grantedNanos = nowNanos;
    }

    /** Whether it runs by this permit and not, all having left, by another or by none. */
    boolean runsBy(Permit permit) {
        return this.permit == permit;
    }

    Uni<T> work(Permit permit) {
        return work.apply(permit);
    }

    void running(Cancellable running) {
        this.running = running;
    }

    /** By which it runs, null where it does not. */
    @Nullable
    Permit permit() {
        return permit;
    }

    /** All have left, and it has never run to an end. @return what has to be cancelled; null where nothing is */
    @Nullable
    Cancellable abandon() {
        var cancellable = running;
        reset(State.IDLE);
        return cancellable;
    }

    void rest(long untilNanos) {
        reset(State.RESTING);
        expectedNanos = untilNanos;
    }

    void back(long expectedNanos) {
        reset(State.WAITING);
        this.expectedNanos = expectedNanos;
    }

    private void reset(State next) {
        state = next;
        permit = null;
        running = null;
    }

    void done(@Nullable T item, @Nullable Throwable failure) {
        reset(State.DONE);
        this.item = item;
        this.failure = failure;
    }

    List<Waiter<T>> dismiss() {
        var all = new ArrayList<>(riders);
        riders.clear();
        return all;
    }

    /** Only for a turn that is done, and so for any thread that has seen that under the lock. */
    void tell(Waiter<T> rider) {
        rider.arrive(item, failure, grantedNanos);
    }

    /** Likewise, and once, when all riders have been told. */
    void end() {
        ended.accept(new TaskResult<>(item, failure, Duration.ZERO));
    }
}
