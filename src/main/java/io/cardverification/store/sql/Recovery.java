package io.cardverification.store.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Ends what dead processes left in the store: their departing calls get an unknown charge.
 *
 * <p>
 * The keys of such a call get the same completion, so that they are never charged again. If the operator allows requests with
 * an unknown charge to be sent again, the keys are released instead.
 */
final class Recovery {

    private final long process;
    private final boolean retryUnknown;
    private final Duration keyTtl;
    private final LongSupplier entryNumbers;

    /** @param process the one that recovers */
    Recovery(long process, boolean retryUnknown, Duration keyTtl, LongSupplier entryNumbers) {
        this.process = process;
        this.retryUnknown = retryUnknown;
        this.keyTtl = keyTtl;
        this.entryNumbers = entryNumbers;
    }

    Uni<List<Recovered>> run(Sql sql, Collection<Long> dead, long nowMillis) {
        return Multi.createFrom().iterable(dead)
                .onItem().transformToUniAndConcatenate(each -> run(sql, each, nowMillis))
                .onItem().<Recovered> disjoint().collect().asList()
                .call(() -> ProcessTable.retire(sql, dead, nowMillis));
    }

    private Uni<List<Recovered>> run(Sql sql, long dead, long nowMillis) {
        return CallTable.open(sql, dead)
                .chain(calls -> Multi.createFrom().iterable(calls)
                        .onItem().transformToUniAndConcatenate(call -> interrupt(sql, call, nowMillis)).collect().asList())
                .call(() -> settleJoined(sql, dead, nowMillis));
    }

    private Uni<Recovered> interrupt(Sql sql, CallTable.Open call, long nowMillis) {
        var attempts = call.charged().attempts();
        Completion completion = VerificationFailure.of(Reason.INTERRUPTED)
                .with(ResponseMetadata.ofAttempts(attempts, attempts - 1, Duration.ZERO));
        var entry = new Ledger.Entry(call.charged().caller(), call.values().toHex(), call.lastFour(), completion, false);
        var at = Instant.ofEpochMilli(call.departedMillis());
        return CallTable.interrupt(sql, call.id(), nowMillis)
                .chain(() -> retryUnknown ? KeyTable.release(sql, call.id()).replaceWithVoid()
                        : KeyTable.settle(sql, call.id(), new DatedCompletion(completion, nowMillis),
                                nowMillis + keyTtl.toMillis()))
                .chain(() -> LedgerTable.append(sql, process, entryNumbers.getAsLong(), entry, at))
                .replaceWith(new Recovered(call.id(), entry, at));
    }

    /** Keys that joined a call at its end, and whose completion was not written. */
    private Uni<Void> settleJoined(Sql sql, long dead, long nowMillis) {
        return KeyTable.unsettled(sql, dead)
                .chain(keys -> Multi.createFrom().iterable(keys).onItem().transformToUniAndConcatenate(key -> {
                    var completion = key.row().completion();
                    return completion == null ? KeyTable.remove(sql, key.key())
                            : KeyTable.settle(sql, key.row().call(), completion, nowMillis + keyTtl.toMillis());
                }).collect().asList()).replaceWithVoid();
    }
}
