package io.cardverification.store.sql;

import java.util.concurrent.atomic.AtomicBoolean;

import io.cardverification.store.Departure;
import io.cardverification.store.StoreUnavailable;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A departure that is decided in time or fails. Threads: any. */
final class PendingDeparture {

    private final UniEmitter<? super Departure> receiver;
    private final AtomicBoolean done = new AtomicBoolean();

    PendingDeparture(UniEmitter<? super Departure> receiver) {
        this.receiver = receiver;
    }

    /** @return false if it has failed before; then the call must not be departing */
    boolean decide(Departure departure) {
        var isInTime = done.compareAndSet(false, true);
        if (isInTime) {
            receiver.complete(departure);
        }
        return isInTime;
    }

    void expire() {
        if (done.compareAndSet(false, true)) {
            receiver.fail(new StoreUnavailable("the store was not written in time"));
        }
    }

    boolean isDone() {
        return done.get();
    }
}
