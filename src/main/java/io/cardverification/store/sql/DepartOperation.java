package io.cardverification.store.sql;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.cardverification.store.CallId;
import io.cardverification.store.DepartingCall;
import io.cardverification.store.Departure;
import io.cardverification.verification.Completion;
import io.smallrye.mutiny.Uni;

/**
 * Writes a departure. If its receiver waits no longer when it is committed, another operation removes it, unless the call left
 * nevertheless.
 */
record DepartOperation(DepartingCall call, PendingDeparture answer, Clock clock, KeyLimit limit,
        Function<CallId, Uni<Optional<Completion>>> awaited, Consumer<Operation> writer) implements Operation {

    @Override
    public boolean isAbandoned() {
        return answer.isDone();
    }

    @Override
    public Uni<Runnable> run(Sql sql) {
        var decision = new DepartureDecision(sql, call, clock.millis(), limit, awaited);
        return decision.decide().map(departure -> () -> {
            limit.add(decision.newKeys());
            if (!answer.decide(departure) && !answer.hasLeft() && departure instanceof Departure.Committed) {
                writer.accept(this::undo);
            }
        });
    }

    private Uni<Runnable> undo(Sql sql) {
        return CallTable.remove(sql, call.id()).chain(removed -> removed.isEmpty() ? Uni.createFrom().item(NOTHING)
                : SpendTable.change(sql, removed.get().day(), removed.get().caller(), -removed.get().attempts())
                        .chain(() -> KeyTable.release(sql, call.id()))
                        .map(keys -> () -> limit.add(-keys)));
    }
}
