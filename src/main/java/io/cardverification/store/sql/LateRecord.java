package io.cardverification.store.sql;

import io.cardverification.store.DepartingCall;
import io.cardverification.verification.BillingDay;
import io.smallrye.mutiny.Uni;

/**
 * The records of attempts that left without a decision of the store. They decide nothing: the charges exist.
 *
 * <p>
 * The writer keeps the order, so the record of a departure comes before the end of its call.
 */
final class LateRecord {

    private LateRecord() {
    }

    /** Has no effect if the departure was committed after all, since its connection broke during the commit. */
    static Uni<Runnable> ofDeparture(Sql sql, DepartingCall call) {
        return CallTable.insertLate(sql, call)
                .chain(isNew -> isNew ? addCharge(sql, call) : Uni.createFrom().voidItem())
                .replaceWith(Operation.NOTHING);
    }

    /** If another process ended the call, since it took this one for dead, no end will correct the charge. */
    static Uni<Runnable> ofAnotherAttempt(Sql sql, DepartingCall call) {
        return CallTable.addAttempts(sql, call.id(), 1).chain(() -> addCharge(sql, call)).replaceWith(Operation.NOTHING);
    }

    private static Uni<Void> addCharge(Sql sql, DepartingCall call) {
        return SpendTable.change(sql, BillingDay.of(call.at()), call.caller(), 1);
    }
}
