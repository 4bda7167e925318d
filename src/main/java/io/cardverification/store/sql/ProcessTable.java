package io.cardverification.store.sql;

import java.util.Collection;
import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The processes that write to the store, with the last batch of each. */
final class ProcessTable {

    private ProcessTable() {
    }

    /** @return false if the batch was written before */
    static Uni<Boolean> advance(Sql sql, long process, long batch, long nowMillis) {
        return sql.run("""
                insert into process (id, batch, seen_at) values ($1, $2, $3)
                on conflict (id) do update set batch = excluded.batch, seen_at = excluded.seen_at
                where process.batch < excluded.batch returning batch""", process, batch, nowMillis)
                .map(rows -> !rows.isEmpty());
    }

    /** Whether another process has written since the given time. */
    static Uni<Boolean> isAnotherAlive(Sql sql, long process, long sinceMillis) {
        return sql.run("select id from process where id <> $1 and seen_at > $2 limit 1", process, sinceMillis)
                .map(rows -> !rows.isEmpty());
    }

    static Uni<List<Long>> others(Sql sql, long process) {
        return sql.run("select id from process where id <> $1", process)
                .map(rows -> rows.stream().map(row -> row.number(0)).toList());
    }

    static Uni<Void> remove(Sql sql, Collection<Long> processes) {
        return Multi.createFrom().iterable(processes)
                .onItem().transformToUniAndConcatenate(process -> sql.run("delete from process where id = $1", process))
                .collect().asList().replaceWithVoid();
    }
}
