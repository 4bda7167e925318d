package io.cardverification.store.sql;

import java.util.List;

import io.smallrye.mutiny.Uni;

/** Appends rows to the ledger. */
record AppendOperation(List<LedgerRow> rows) implements Operation {

    @Override
    public Uni<Runnable> run(Sql sql) {
        return LedgerTable.append(sql, rows).replaceWith(NOTHING);
    }
}
