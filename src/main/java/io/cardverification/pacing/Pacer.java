package io.cardverification.pacing;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Uni;

/**
 * Lets work leave at the rate of the sliding log, first come, first served.
 *
 * <p>
 * Threads: any; state has one owner, {@code lock}, which is held for a few instructions and never while work runs. Work
 * starts on the caller's thread where a permit is free, else on the timer's.
 */
public final class Pacer {

    private record Departure(Turn<?> turn, long nanos) {
    }

    private final Object lock = new Object();
    private final SlidingLog log;
    private final Set<Turn<?>> waiting = new LinkedHashSet<>();
    private boolean timerArmed;

    private final LongSupplier nanoClock;
    private final Timer timer;

    Pacer(SlidingLog log, LongSupplier nanoClock, Timer timer) {
        this.log = log;
        this.nanoClock = nanoClock;
        this.timer = timer;
    }

    /**
     * The same work, started when its turn comes: once per subscription, and never after it was cancelled. Cancelled while it
     * waits, it leaves the queue at once and its permit serves the next.
     *
     * @param maxWait if the wait would be longer, fails at once with {@link QueueFull}
     */
    public <T> Uni<T> inTurn(Uni<T> work, Duration maxWait) {
        return Uni.createFrom().emitter(caller -> {
            var turn = new Turn<T>(work, caller);
            caller.onTermination(() -> leave(turn));
            enter(turn, maxWait.toNanos());
        });
    }

    private void enter(Turn<?> turn, long maxWaitNanos) {
        long excessNanos;
        synchronized (lock) {
            excessNanos = log.waitNanos(nanoClock.getAsLong(), waiting.size()) - maxWaitNanos;
            if (excessNanos <= 0) {
                waiting.add(turn);
            }
        }
        if (excessNanos > 0) {
            turn.refuse(new QueueFull(Duration.ofNanos(excessNanos)));
        } else {
            release();
        }
    }

    private void leave(Turn<?> turn) {
        boolean waited;
        synchronized (lock) {
            waited = waiting.remove(turn);
        }
        if (!waited) {
            turn.cancel();
        }
    }

    private void release() {
        for (var departure = nextDue(); departure != null; departure = nextDue()) {
            if (!departure.turn().start()) {
                synchronized (lock) {
                    log.withdraw(departure.nanos());
                }
            }
        }
    }

    /** Takes who may leave now out of the queue and into the log; if nobody may yet, sees to it that the timer will ask. */
    private @Nullable Departure nextDue() {
        synchronized (lock) {
            if (waiting.isEmpty()) {
                return null;
            }
            var nowNanos = nanoClock.getAsLong();
            var waitNanos = log.waitNanos(nowNanos, 0);
            if (waitNanos > 0) {
                arm(waitNanos);
                return null;
            }
            var first = waiting.iterator();
            var turn = first.next();
            first.remove();
            log.depart(nowNanos);
            return new Departure(turn, nowNanos);
        }
    }

    /** One timer is enough, since the head of the queue never becomes due earlier than it was. */
    private void arm(long waitNanos) {
        if (!timerArmed) {
            timerArmed = true;
            timer.after(waitNanos, this::ring);
        }
    }

    private void ring() {
        synchronized (lock) {
            timerArmed = false;
        }
        release();
    }
}
