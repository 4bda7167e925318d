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
        for (var turn = nextDue(); turn != null; turn = nextDue()) {
            var permit = new Permit(this);
            if (!turn.start(permit, () -> ended(permit))) {
                synchronized (lock) {
                    log.giveBack();
                }
            }
        }
    }

    /** Takes who may leave now out of the queue; if nobody may yet, sees to it that somebody will ask again. */
    private @Nullable Turn<?> nextDue() {
        synchronized (lock) {
            if (waiting.isEmpty()) {
                return null;
            }
            var nowNanos = nanoClock.getAsLong();
            if (!log.available(nowNanos)) {
                arm(nowNanos);
                return null;
            }
            var first = waiting.iterator();
            var turn = first.next();
            first.remove();
            log.take();
            return turn;
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
            if (!waiting.isEmpty()) {
                arm(nowNanos);
            }
        }
    }

    private void ended(Permit permit) {
        synchronized (lock) {
            if (permit.end()) {
                var nowNanos = nanoClock.getAsLong();
                log.depart(nowNanos);
                if (!waiting.isEmpty()) {
                    arm(nowNanos);
                }
            }
        }
    }

    /**
     * One timer is enough, since permits come back in the order of their departures. With all of them held there is nothing to
     * wait for but a departure, which arms it then.
     */
    private void arm(long nowNanos) {
        var returnNanos = log.nextReturnNanos(nowNanos);
        if (!timerArmed && returnNanos >= 0) {
            timerArmed = true;
            timer.after(Math.max(1, returnNanos), this::ring);
        }
    }

    private void ring() {
        synchronized (lock) {
            timerArmed = false;
        }
        release();
    }
}
