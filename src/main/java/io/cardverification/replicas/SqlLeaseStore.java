package io.cardverification.replicas;

import java.util.List;

import io.cardverification.store.sql.Row;
import io.cardverification.store.sql.Sql;
import io.cardverification.store.sql.SqlEngine;
import io.smallrye.mutiny.Uni;

/**
 * The lease table as one row of a database: each beat reads it, applies one step in this process, and writes it, within one
 * transaction. Transactions of all gateways are serialised by the engine.
 */
final class SqlLeaseStore implements LeaseStore {

    private static final long ROW = 1;

    private final SqlEngine engine;
    private final String serverQuery;
    private final int limit;
    private final int batchPercent;

    /**
     * @param serverQuery returns one text, which changes if the server may have lost commits
     * @param limit N, as configured
     * @param batchPercent the share of batch if both lanes need permits
     */
    SqlLeaseStore(SqlEngine engine, String serverQuery, int limit, int batchPercent) {
        this.engine = engine;
        this.serverQuery = serverQuery;
        this.limit = limit;
        this.batchPercent = batchPercent;
        rehearse();
    }

    /**
     * Runs the code of some beats. Otherwise the first beats of a process would load their classes within their transactions,
     * for which all other gateways wait (measured: 240 ms on an idle machine).
     */
    private void rehearse() {
        var table = LeaseTable.empty(limit);
        for (var seq = 1; seq <= 3; seq++) {
            var beat = new Beat(new ReplicaRow(1, seq, false, 1, 1, 0, 0, 0), table.epoch(), 1, seq - 1, List.of(), List.of(),
                    List.of(), true, limit);
            table = LeaseTableText.decode(LeaseTableText.encode(table.apply(beat, "", batchPercent).table()));
        }
    }

    @Override
    public Uni<BeatReply> beat(Beat beat) {
        return engine.inTransaction(sql -> sql.run(serverQuery).map(rows -> rows.get(0).text(0))
                .chain(server -> table(sql).chain(table -> write(sql, table.apply(beat, server, batchPercent)))));
    }

    private Uni<LeaseTable> table(Sql sql) {
        return sql.run("select state from permit_lease where id = $1", ROW).map(this::table);
    }

    private LeaseTable table(List<Row> rows) {
        var known = rows.stream().map(row -> LeaseTableText.decode(row.text(0)))
                .filter(table -> table.permits().size() == limit).findFirst(); // after a change of N nothing is known
        return known.orElseGet(() -> LeaseTable.empty(limit));
    }

    private static Uni<BeatReply> write(Sql sql, LeaseTable.Outcome outcome) {
        return sql.run("""
                insert into permit_lease (id, state) values ($1, $2)
                on conflict (id) do update set state = excluded.state""", ROW, LeaseTableText.encode(outcome.table()))
                .replaceWith(outcome.reply());
    }
}
