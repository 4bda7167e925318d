package io.cardverification.pacing;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Uni;

/**
 * Lets work leave at the rate of the sliding log, first come, first served.
 *
 * <p>
 * Threads: any; state has one owner, {@code lock}, which is held for a few instructions and never while work runs. Work
 * starts on the caller's thread where a permit is free, else on the timer's or on that of whoever gave a permit back.
 */
public final class Pacer {

    private final Object lock = new Object();
    private final SlidingLog log;
    private final Set<Turn<?>> waiting = new LinkedHashSet<>();
    private boolean timerArmed;
    private long armedForNanos;
    private long timers;

    private final LongSupplier nanoClock;
    private final Timer timer;

    Pacer(SlidingLog log, LongSupplier nanoClock, Timer timer) {
        this.log = log;
        this.nanoClock = nanoClock;
        this.timer = timer;
    }

    /**
     * The same work, started when its turn comes: once per subscription, and never after it was cancelled. Cancelled while it
     * waits, it leaves the queue at once and its turn is the next one's.
     *
     * @param work must tell its permit when its request leaves, as close to the wire as it can
     * @param maxWait if the wait would be longer, fails at once with {@link QueueFull}
     */
    public <T> Uni<T> inTurn(Function<Permit, Uni<T>> work, Duration maxWait) {
        return Uni.createFrom().emitter(caller -> {
            var turn = new Turn<T>(work, caller, nanoClock.getAsLong() + maxWait.toNanos());
            caller.onTermination(() -> leave(turn));
            enter(turn);
        });
    }

    private void enter(Turn<?> turn) {
        long excessNanos;
        synchronized (lock) {
            var nowNanos = nanoClock.getAsLong();
            excessNanos = log.waitNanos(nowNanos, waiting.size()) - Math.max(0, turn.patienceNanos(nowNanos));
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
        for (var due = nextDue(); due != null; due = nextDue()) {
            if (due.tooLate() != null) {
                due.turn().refuse(due.tooLate());
                continue;
            }
            var permit = new Permit(this);
            if (!due.turn().start(permit, () -> ended(permit))) {
                synchronized (lock) {
                    log.giveBack();
                }
            }
        }
    }

    /** @param tooLate null where the turn has its permit */
    private record Due(Turn<?> turn, @Nullable QueueFull tooLate) {
    }

    /**
     * Takes who may leave now, or may wait no longer, out of the queue; if nobody, sees to it that somebody will ask again.
     * Nobody should have to wait longer than was predicted when it came, but permits may be held by a slow network.
     */
    private @Nullable Due nextDue() {
        synchronized (lock) {
            if (waiting.isEmpty()) {
                return null;
            }
            var nowNanos = nanoClock.getAsLong();
            var waitNanos = log.waitNanos(nowNanos, 0);
            var turn = waiting.iterator().next();
            if (waitNanos > 0 && turn.patienceNanos(nowNanos) > 0) {
                arm(nowNanos);
                return null;
            }
            waiting.remove(turn);
            if (waitNanos > 0) {
                return new Due(turn, new QueueFull(Duration.ofNanos(waitNanos)));
            }
            log.take();
            return new Due(turn, null);
        }
    }

    void departed(Permit permit) {
        synchronized (lock) {
            var nowNanos = nanoClock.getAsLong();
            switch (permit.depart()) {
                case OF_HOLDER -> log.depart(nowNanos);
                case OF_STRAGGLER -> log.note(nowNanos);
                case NONE -> {
                    // Said twice.
                }
            }
            arm(nowNanos);
        }
    }

    private void ended(Permit permit) {
        synchronized (lock) {
            if (permit.end()) {
                var nowNanos = nanoClock.getAsLong();
                log.depart(nowNanos);
                arm(nowNanos);
            }
        }
    }

    /**
     * For when the next permit comes back or the first in the queue may wait no longer. A timer that is overtaken by an earlier
     * one rings in vain.
     */
    private void arm(long nowNanos) {
        if (waiting.isEmpty()) {
            return;
        }
        var returnNanos = log.nextReturnNanos(nowNanos);
        var patienceNanos = waiting.iterator().next().patienceNanos(nowNanos);
        var delayNanos = Math.max(1, returnNanos < 0 ? patienceNanos : Math.min(returnNanos, patienceNanos));
        if (!timerArmed || nowNanos + delayNanos - armedForNanos < 0) {
            timerArmed = true;
            armedForNanos = nowNanos + delayNanos;
            var thisTimer = ++timers;
            timer.after(delayNanos, () -> ring(thisTimer));
        }
    }

    private void ring(long thisTimer) {
        synchronized (lock) {
            timerArmed &= thisTimer != timers;
        }
        release();
    }
}
