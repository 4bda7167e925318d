package io.cardverification.store.sql;

import java.time.Clock;
import java.util.function.Function;

import io.cardverification.store.DepartingCall;
import io.cardverification.store.Departure;
import io.cardverification.verification.Caller;
import io.smallrye.mutiny.Uni;

/**
 * Lets calls depart: after the decision of the store or, if the operator has allowed it, without one that does not come in
 * time. Threads: any.
 */
final class Departures {

    private final StoreWriter writer;
    private final StoreSettings settings;
    private final KeyLimit limit;
    private final CallAwaiter awaiter;
    private final Clock clock;
    private final StoreTimer timer;

    Departures(StoreWriter writer, StoreSettings settings, KeyLimit limit, CallAwaiter awaiter, Clock clock,
            StoreTimer timer) {
        this.writer = writer;
        this.settings = settings;
        this.limit = limit;
        this.awaiter = awaiter;
        this.clock = clock;
        this.timer = timer;
    }

    Uni<Departure> depart(DepartingCall call) {
        return decided(call, sql -> LateRecord.ofDeparture(sql, call),
                answer -> new DepartOperation(call, answer, clock, limit, awaiter::await, writer::add));
    }

    Uni<Departure> departAgain(DepartingCall call, boolean mayBeCharged) {
        var charges = mayBeCharged ? 1 : 0;
        return decided(call, sql -> LateRecord.ofAnotherAttempt(sql, call, charges),
                answer -> new DepartAgainOperation(call, charges, answer, writer::add));
    }

    /** @param lateRecord if the call leaves without a decision */
    private Uni<Departure> decided(DepartingCall call, Operation lateRecord, Function<PendingDeparture, Operation> operation) {
        return Uni.createFrom().emitter(receiver -> {
            var answer = new PendingDeparture(receiver, mayLeave(call) ? () -> writer.add(lateRecord) : null);
            if (writer.isAvailable()) {
                timer.after(settings.patience(), answer::expire);
                writer.add(operation.apply(answer));
            } else {
                answer.expire();
            }
        });
    }

    /** Without the store, a key cannot be kept from a second charge, nor a caller from more charges than its limit. */
    private boolean mayLeave(DepartingCall call) {
        return settings.sendsWithoutStore() && writer.hasRoom() && call.keys().isEmpty()
                && call.chargesPerDay() == Caller.UNLIMITED;
    }
}
