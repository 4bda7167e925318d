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
                on conflict (id) do update set batch = excluded.batch, seen_at = excluded.seen_at,
                retired_at = null
                where process.batch < excluded.batch returning batch""", process, batch, nowMillis)
                .map(rows -> !rows.isEmpty());
    }

    /** Whether another process has written since the given time. */
    static Uni<Boolean> isAnotherAlive(Sql sql, long process, long sinceMillis) {
        return sql
                .run("select id from process where id <> $1 and seen_at > $2 and retired_at is null limit 1", process,
                        sinceMillis)
                .map(rows -> !rows.isEmpty());
    }

    static Uni<List<Long>> others(Sql sql, long process) {
        return sql.run("select id from process where id <> $1 and retired_at is null", process)
                .map(rows -> rows.stream().map(row -> row.number(0)).toList());
    }

    /** A row stays for a while, since a repeated transaction looks for it. */
    static Uni<Void> retire(Sql sql, Collection<Long> processes, long nowMillis) {
        return Multi.createFrom().iterable(processes)
                .onItem().transformToUniAndConcatenate(
                        process -> sql.run("update process set retired_at = $2 where id = $1", process, nowMillis))
                .collect().asList().replaceWithVoid();
    }

    static Uni<Void> expire(Sql sql, long retiredBeforeMillis) {
        return sql.run("delete from process where retired_at <= $1", retiredBeforeMillis).replaceWithVoid();
    }
}
