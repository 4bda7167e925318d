package io.cardverification.pacing;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One caller's place in the queue and, once it has a permit, its work.
 *
 * <p>
 * Threads: any. Whether it still waits is the {@link Pacer}'s to know, under its lock.
 */
final class Turn<T> {

    private static final Cancellable CANCELLED = () -> {
    };

    private final Function<Permit, Uni<T>> work;
    private final UniEmitter<? super T> caller;
    private final long deadlineNanos;
    private final AtomicReference<@Nullable Cancellable> running = new AtomicReference<>();

    /** @param deadlineNanos until when it may wait for its permit, on the pacer's clock */
    Turn(Function<Permit, Uni<T>> work, UniEmitter<? super T> caller, long deadlineNanos) {
        this.work = work;
        this.caller = caller;
        this.deadlineNanos = deadlineNanos;
    }

    /** Zero or less when it may wait no longer. */
    long patienceNanos(long nowNanos) {
        return deadlineNanos - nowNanos;
    }

    void refuse(QueueFull refusal) {
        caller.fail(refusal);
    }

    /**
     * @param ended runs when the work is done, has failed or was cancelled
     * @return false where the caller left between grant and start: nothing was done
     */
    boolean start(Permit permit, Runnable ended) {
        if (running.get() == CANCELLED) {
            return false;
        }
        var started = Uni.createFrom().deferred(() -> work.apply(permit)).onTermination().invoke(ended)
                .subscribe().with(caller::complete, caller::fail);
        // The caller may have gone while the work was being started, too late to be seen above.
        if (!running.compareAndSet(null, started)) {
            started.cancel();
        }
        return true;
    }

    /** Stops the work, started or not; nothing happens where it is done. */
    void cancel() {
        var started = running.getAndSet(CANCELLED);
        if (started != null) {
            started.cancel();
        }
    }
}
