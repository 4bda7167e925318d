package io.cardverification.store.sql;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.CallId;
import io.cardverification.store.DepartingCall;
import io.cardverification.verification.BillingDay;
import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.smallrye.mutiny.Uni;

/** Calls that have departed. An ended call stays for some minutes, so that other processes learn its completion. */
final class CallTable {

    /** The caller and the charges that it bears. */
    record Charged(String caller, LocalDate day, int attempts) {

        private static Charged of(Row row) {
            return new Charged(row.text(0), LocalDate.parse(row.text(1)), Math.toIntExact(row.number(2)));
        }
    }

    /**
     * A call of another process.
     *
     * @param completion null while it has none
     */
    record Awaited(CallId id, boolean hasEnded, @Nullable Completion completion) {
    }

    /** A call without an end. */
    record Open(CallId id, Fingerprint values, @Nullable String lastFour, Charged charged, long departedMillis) {
    }

    private CallTable() {
    }

    /** @return false if the question is departing already */
    static Uni<Boolean> insert(Sql sql, DepartingCall call) {
        return sql.run("""
                insert into call (process, number, scope, question, values_hash, last_four, caller, day, attempts, departed_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)
                on conflict (scope, question) where ended_at is null do nothing returning number""",
                call.id().process(), call.id().number(), call.question().scope(), Bytes.of(call.question().fingerprint()),
                Bytes.of(call.values()), call.lastFour(), call.caller(), BillingDay.of(call.at()).toString(),
                call.at().toEpochMilli()).map(rows -> !rows.isEmpty());
    }

    /**
     * Inserts a call that has left. If its question is departing elsewhere, the row has a scope that matches no request: a
     * caller's name contains no space.
     *
     * @return false if the call is known
     */
    static Uni<Boolean> insertLate(Sql sql, DepartingCall call) {
        return sql.run("""
                insert into call (process, number, scope, question, values_hash, last_four, caller, day, attempts, departed_at)
                values ($1, $2, case when exists
                (select 1 from call where scope = $3 and question = $4 and ended_at is null) then $10 else $3 end,
                $4, $5, $6, $7, $8, 1, $9)
                on conflict (process, number) do nothing returning number""",
                call.id().process(), call.id().number(), call.question().scope(), Bytes.of(call.question().fingerprint()),
                Bytes.of(call.values()), call.lastFour(), call.caller(), BillingDay.of(call.at()).toString(),
                call.at().toEpochMilli(), call.id().process() + " " + call.id().number()).map(rows -> !rows.isEmpty());
    }

    static Uni<CallId> departing(Sql sql, SharingKey question) {
        return sql.run("select process, number from call where scope = $1 and question = $2 and ended_at is null",
                question.scope(), Bytes.of(question.fingerprint())).map(rows -> id(rows.get(0)));
    }

    /** @return empty if the call is not departing */
    static Uni<Optional<Charged>> addAttempts(Sql sql, CallId id, int attempts) {
        return sql.run("""
                update call set attempts = attempts + $3 where process = $1 and number = $2 and ended_at is null
                returning caller, day, attempts""", id.process(), id.number(), (long) attempts).map(CallTable::charged);
    }

    /** Of a call that has no completion, also if another process ended it by {@link #interrupt}. */
    static Uni<Void> addLateAttempts(Sql sql, CallId id, int attempts) {
        return sql.run("update call set attempts = attempts + $3 where process = $1 and number = $2 and completion is null",
                id.process(), id.number(), (long) attempts).replaceWithVoid();
    }

    /** @return empty if the call has ended, unless another process ended it by {@link #interrupt} */
    static Uni<Optional<Charged>> end(Sql sql, CallId id, Completion completion, long nowMillis) {
        return sql.run("""
                update call set ended_at = $3, completion = $4 where process = $1 and number = $2 and completion is null
                returning caller, day, attempts""",
                id.process(), id.number(), nowMillis, CompletionText.encode(completion)).map(CallTable::charged);
    }

    /** Ends the call of a dead process. It has no completion. */
    static Uni<Void> interrupt(Sql sql, CallId id, long nowMillis) {
        return sql.run("update call set ended_at = $3 where process = $1 and number = $2 and ended_at is null",
                id.process(), id.number(), nowMillis).replaceWithVoid();
    }

    /** @return empty if the call is not departing */
    static Uni<Optional<Charged>> remove(Sql sql, CallId id) {
        return sql.run("""
                delete from call where process = $1 and number = $2 and ended_at is null
                returning caller, day, attempts""", id.process(), id.number()).map(CallTable::charged);
    }

    private static Optional<Charged> charged(List<Row> rows) {
        return rows.stream().findFirst().map(Charged::of);
    }

    /** The calls with these ids. One that is absent was never sent, or ended long ago. */
    static Uni<List<Awaited>> find(Sql sql, List<CallId> ids) {
        var condition = IntStream.range(0, ids.size())
                .mapToObj(at -> "(process = $" + (2 * at + 1) + " and number = $" + (2 * at + 2) + ")")
                .collect(Collectors.joining(" or "));
        var parameters = ids.stream().flatMap(id -> Stream.<Object> of(id.process(), id.number())).toArray();
        return sql.run("select process, number, ended_at, completion from call where " + condition, parameters)
                .map(rows -> rows.stream().map(CallTable::awaited).toList());
    }

    private static Awaited awaited(Row row) {
        var text = row.textOrNull(3);
        return new Awaited(id(row), !row.isNull(2), text == null ? null : CompletionText.decode(text));
    }

    /** When the last call ended, in milliseconds since 1970; empty if none ended within some minutes. */
    static Uni<Optional<Long>> lastEnd(Sql sql) {
        return sql.run("select max(ended_at) from call")
                .map(rows -> rows.stream().filter(row -> !row.isNull(0)).map(row -> row.number(0)).findFirst());
    }

    /** The calls of a process that have no end. */
    static Uni<List<Open>> open(Sql sql, long process) {
        return sql.run("""
                select process, number, values_hash, last_four, caller, day, attempts, departed_at from call
                where process = $1 and ended_at is null""", process)
                .map(rows -> rows.stream().map(row -> new Open(id(row), row.fingerprint(2), row.textOrNull(3),
                        new Charged(row.text(4), LocalDate.parse(row.text(5)), Math.toIntExact(row.number(6))),
                        row.number(7))).toList());
    }

    /** @return the number of removed calls */
    static Uni<Integer> expire(Sql sql, long endedBeforeMillis, int most) {
        return sql.run("""
                delete from call where (process, number) in
                (select process, number from call where ended_at <= $1 limit $2) returning number""",
                endedBeforeMillis, (long) most).map(Collection::size);
    }

    private static CallId id(Row row) {
        return new CallId(row.number(0), row.number(1));
    }
}
