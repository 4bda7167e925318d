package io.cardverification.pacing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.PermitDenied.Reason;
import io.cardverification.verification.Lane;

/**
 * Admits a waiter to the queue or denies it, and gives its task a place. Decides by the predicted wait, which is an
 * upper bound as long as no other waiter joins.
 *
 * <p>
 * Threads: not synchronised; the pacer's lock guards it.
 */
final class Admission {

    private final DepartureLimiter limiter;
    private final AdmissionGate gate;
    private final LaneScheduler queue;

    Admission(DepartureLimiter limiter, AdmissionGate gate, LaneScheduler queue) {
        this.limiter = limiter;
        this.gate = gate;
        this.queue = queue;
    }

    /** Puts the task into the queue, or forward in it, if it may wait there. @return null if the waiter may wait */
    @Nullable
    PermitDenied admit(Waiter<?> waiter, QueueOptions options, long nowNanos) {
        var task = waiter.task();
        return switch (task.phase()) {
            case RUNNING -> null;
            case DELAYED -> denialBeyond(options, task.expectedNanos() - nowNanos);
            default -> enqueue(waiter, options, nowNanos);
        };
    }

    private @Nullable PermitDenied enqueue(Waiter<?> waiter, QueueOptions options, long nowNanos) {
        if (gate.isClosed(nowNanos)) {
            return gate.denial(nowNanos);
        }
        if (limiter.isOverloaded(nowNanos)) {
            return limiter.overloadDenial(nowNanos);
        }
        var task = waiter.task();
        var isQueued = task.phase() == TaskState.Phase.QUEUED;
        var isRetry = isQueued && queue.isRetry(task);
        var waitNanos = limiter.waitNanos(nowNanos, isRetry ? queue.aheadOfRetry(options) : queue.ahead(options));
        var isSooner = !isQueued || waitNanos < task.expectedNanos() - nowNanos;
        var denial = denialBeyond(options, isSooner ? waitNanos : Math.max(0, task.expectedNanos() - nowNanos));
        if (denial != null) {
            return denial;
        }
        if (isSooner && !(isQueued && queue.isAtHead(task))) {
            if (isQueued) {
                queue.remove(task);
            }
            task.enqueue(options, nowNanos + waitNanos);
            if (isRetry) {
                queue.addRetry(task);
            } else {
                queue.add(task);
            }
        }
        queue.add(waiter);
        return null;
    }

    private static @Nullable PermitDenied denialBeyond(QueueOptions options, long waitNanos) {
        var excessNanos = waitNanos - options.maxWait().toNanos();
        return excessNanos > 0 ? PermitDenied.of(Reason.QUEUE_FULL, excessNanos) : null;
    }

    /** The free permits and the wait for a waiter that joins now. */
    Availability availability(long nowNanos) {
        var ahead = queue.size(Lane.INTERACTIVE) + queue.size(Lane.BATCH);
        var closedNanos = Math.max(gate.closedNanos(nowNanos), limiter.overloadNanos(nowNanos));
        var waitNanos = Math.max(limiter.waitNanos(nowNanos, ahead), closedNanos);
        return new Availability(waitNanos > 0 ? 0 : limiter.log().free(nowNanos), Duration.ofNanos(waitNanos));
    }

    /** For a waiter in the queue that has reached its deadline. */
    PermitDenied timeoutDenial(Waiter<?> waiter, long nowNanos) {
        var waitNanos = limiter.waitNanos(nowNanos, queue.ahead(waiter.task().options()));
        return PermitDenied.of(Reason.WAIT_TIMEOUT, waitNanos - waiter.maxWaitNanos());
    }
}
