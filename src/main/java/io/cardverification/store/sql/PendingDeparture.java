package io.cardverification.store.sql;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.Departure;
import io.cardverification.store.StoreUnavailable;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A departure that is decided in time, or leaves without a decision, or fails. Threads: any. */
final class PendingDeparture {

    private final UniEmitter<? super Departure> receiver;
    private final @Nullable Runnable recordLater;
    private final AtomicBoolean done = new AtomicBoolean();

    /** @param recordLater runs before the call leaves without a decision; null if it must not leave so */
    PendingDeparture(UniEmitter<? super Departure> receiver, @Nullable Runnable recordLater) {
        this.receiver = receiver;
        this.recordLater = recordLater;
    }

    /** @return false if it has expired before */
    boolean decide(Departure departure) {
        var isInTime = done.compareAndSet(false, true);
        if (isInTime) {
            receiver.complete(departure);
        }
        return isInTime;
    }

    void expire() {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        if (recordLater == null) {
            receiver.fail(new StoreUnavailable("the store was not written in time"));
        } else {
            recordLater.run();
            receiver.complete(new Departure.Committed(Map.of()));
        }
    }

    /** After {@link #decide} has returned false: whether the call left nevertheless. */
    boolean hasLeft() {
        return recordLater != null;
    }

    boolean isDone() {
        return done.get();
    }
}
