package io.cardverification.store.sql;

import java.util.Map;
import java.util.function.Consumer;

import io.cardverification.store.DepartingCall;
import io.cardverification.store.Departure;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Uni;

/**
 * Writes another attempt of a departed call. Its charge belongs to the day of the first attempt. If its receiver waits no
 * longer when it is committed, another operation removes it, also if the attempt left nevertheless: then {@link LateRecord}
 * counts it.
 *
 * <p>
 * If another process ended the call, since it took this one for dead, nothing is sent again.
 *
 * @param charges that the call may have in addition
 */
record DepartAgainOperation(DepartingCall call, int charges, PendingDeparture answer,
        Consumer<Operation> writer) implements Operation {

    @Override
    public boolean isAbandoned() {
        return answer.isDone();
    }

    @Override
    public Uni<Runnable> run(Sql sql) {
        return CallTable.addAttempts(sql, call.id(), charges)
                .chain(charged -> charged.isPresent() ? reserve(sql, charged.get()) : Uni.createFrom().item(interrupted()))
                .map(departure -> () -> {
                    if (!answer.decide(departure) && departure instanceof Departure.Committed) {
                        writer.accept(this::undo);
                    }
                });
    }

    private Uni<Departure> reserve(Sql sql, CallTable.Charged charged) {
        if (charges == 0) {
            return Uni.createFrom().item(new Departure.Committed(Map.of()));
        }
        return SpendTable.reserve(sql, charged.day(), charged.caller(), call.chargesPerDay())
                .chain(isReserved -> isReserved ? Uni.createFrom().item(new Departure.Committed(Map.of()))
                        : CallTable.addAttempts(sql, call.id(), -charges)
                                .replaceWith(new Departure.NotSent(Map.of(), DepartureDecision.limitExceeded(call))));
    }

    private static Departure interrupted() {
        return new Departure.NotSent(Map.of(), VerificationFailure.of(Reason.INTERRUPTED));
    }

    private Uni<Runnable> undo(Sql sql) {
        return CallTable.addAttempts(sql, call.id(), -charges)
                .chain(charged -> charged.isEmpty() ? Uni.createFrom().item(NOTHING)
                        : SpendTable.change(sql, charged.get().day(), charged.get().caller(), -charges).replaceWith(NOTHING));
    }
}
