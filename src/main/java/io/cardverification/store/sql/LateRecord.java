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
                .chain(isNew -> isNew ? addCharges(sql, call, 1) : Uni.createFrom().voidItem())
                .replaceWith(Operation.NOTHING);
    }

    static Uni<Runnable> ofAnotherAttempt(Sql sql, DepartingCall call, int charges) {
        return CallTable.addLateAttempts(sql, call.id(), charges).chain(() -> addCharges(sql, call, charges))
                .replaceWith(Operation.NOTHING);
    }

    private static Uni<Void> addCharges(Sql sql, DepartingCall call, int charges) {
        return SpendTable.change(sql, BillingDay.of(call.at()), call.caller(), charges);
    }
}
