package io.cardverification.store.sql;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The charges of each caller on each day of the bill, also the possible ones. */
final class SpendTable {

    private SpendTable() {
    }

    /**
     * Adds one charge.
     *
     * @return false if the caller has reached its limit
     */
    static Uni<Boolean> reserve(Sql sql, LocalDate day, String caller, int chargesPerDay) {
        if (chargesPerDay < 1) {
            return Uni.createFrom().item(false);
        }
        return sql.run("""
                insert into spend (day, caller, charges) values ($1, $2, 1)
                on conflict (day, caller) do update set charges = spend.charges + 1 where spend.charges < $3
                returning charges""", day.toString(), caller, (long) chargesPerDay)
                .map(rows -> !rows.isEmpty());
    }

    static Uni<Void> change(Sql sql, LocalDate day, String caller, long charges) {
        return sql.run("""
                insert into spend (day, caller, charges) values ($1, $2, $3)
                on conflict (day, caller) do update set charges = spend.charges + excluded.charges""",
                day.toString(), caller, charges).replaceWithVoid();
    }

    /** @param charges by caller, instead of those of the call */
    static Uni<Void> replace(Sql sql, CallTable.Charged charged, Map<String, Integer> charges) {
        var changes = new HashMap<>(charges);
        changes.merge(charged.caller(), -charged.attempts(), Integer::sum);
        return Multi.createFrom().iterable(changes.entrySet()).filter(change -> change.getValue() != 0)
                .onItem().transformToUniAndConcatenate(
                        change -> change(sql, charged.day(), change.getKey(), change.getValue()).replaceWith(change))
                .collect().asList().replaceWithVoid();
    }

    static Uni<Map<String, Integer>> of(Sql sql, LocalDate day) {
        return sql.run("select caller, charges from spend where day = $1 and charges > 0", day.toString())
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(row -> row.text(0), row -> Math.toIntExact(row.number(1)))));
    }
}
