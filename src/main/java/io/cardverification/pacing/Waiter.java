package io.cardverification.pacing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One of those who wait for a turn, each with a deadline of its own. Ordered by it.
 *
 * <p>
 * Threads: immutable; who emits has taken it out of its turn under the pacer's lock, so that it is told once.
 */
final class Waiter<T> implements Comparable<Waiter<?>> {

    private final PacedTask<T> turn;
    private final UniEmitter<? super TaskResult<T>> caller;
    private final long joinedNanos;
    private final long maxWaitNanos;
    private final long number;

    /** @param number unlike any other's */
    Waiter(PacedTask<T> turn, UniEmitter<? super TaskResult<T>> caller, long joinedNanos, Duration maxWait, long number) {
        this.turn = turn;
        this.caller = caller;
        this.joinedNanos = joinedNanos;
        this.maxWaitNanos = maxWait.toNanos();
        this.number = number;
    }

    PacedTask<T> turn() {
        return turn;
    }

    long maxWaitNanos() {
        return maxWaitNanos;
    }

    long waitedNanos(long nowNanos) {
        return Math.max(0, nowNanos - joinedNanos);
    }

    /** Zero or less when it may wait no longer. */
    long patienceNanos(long nowNanos) {
        return joinedNanos + maxWaitNanos - nowNanos;
    }

    void arrive(@Nullable T item, @Nullable Throwable failure, long atNanos) {
        caller.complete(new TaskResult<>(item, failure, Duration.ofNanos(waitedNanos(atNanos))));
    }

    /** By difference, since the clock may wrap. */
    @Override
    public int compareTo(Waiter<?> other) {
        var later = patienceNanos(other.joinedNanos) - other.maxWaitNanos;
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
