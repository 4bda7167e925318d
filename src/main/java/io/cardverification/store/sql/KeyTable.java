package io.cardverification.store.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.cardverification.store.CallId;
import io.cardverification.store.KeyClaim;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Idempotency keys that belong to a call or have a completion. */
final class KeyTable {

    /** A key without a completion. */
    record Unsettled(Fingerprint key, KeyRow row) {
    }

    private static final String COLUMNS = """
            k.values_hash, k.process, k.number, k.completion, k.completed_at, k.expires_at,
            c.number, c.completion, c.ended_at, k.key_hash
            from idempotency_key k left join call c on c.process = k.process and c.number = k.number
            """;

    /** In the column {@code unknown}: the charge is unknown since the process was taken for dead. */
    private static final long INTERRUPTED = 2;

    private KeyTable() {
    }

    private static long unknown(DatedCompletion completion) {
        return completion.completion().charge() == Charge.UNKNOWN ? 1 : 0;
    }

    static Uni<Optional<KeyRow>> find(Sql sql, Fingerprint key) {
        return sql.run("select " + COLUMNS + "where k.key_hash = $1", Bytes.of(key))
                .map(rows -> rows.stream().findFirst().map(KeyRow::of));
    }

    /** @return false if the key is known */
    static Uni<Boolean> insert(Sql sql, KeyClaim claim, CallId call) {
        return sql.run("""
                insert into idempotency_key (key_hash, values_hash, caller, process, number) values ($1, $2, $3, $4, $5)
                on conflict (key_hash) do nothing returning number""",
                Bytes.of(claim.key()), Bytes.of(claim.values()), claim.caller(), call.process(), call.number())
                .map(rows -> !rows.isEmpty());
    }

    /**
     * Binds a key to a call, unless it is bound or has a completion.
     *
     * @return whether the table has one key more
     */
    static Uni<Boolean> join(Sql sql, KeyClaim claim, CallId call, long nowMillis) {
        return insert(sql, claim, call).chain(isNew -> isNew ? Uni.createFrom().item(true)
                : find(sql, claim.key())
                        .chain(known -> known.filter(row -> row.isFree(nowMillis)).isPresent() ? replace(sql, claim, call)
                                : Uni.createFrom().voidItem())
                        .replaceWith(false));
    }

    /** Binds a key that is expired or released to another call. */
    static Uni<Void> replace(Sql sql, KeyClaim claim, CallId call) {
        return sql.run("""
                update idempotency_key set values_hash = $2, caller = $3, process = $4, number = $5, completion = null,
                unknown = null, completed_at = null, expires_at = null where key_hash = $1""",
                Bytes.of(claim.key()), Bytes.of(claim.values()), claim.caller(), call.process(), call.number())
                .replaceWithVoid();
    }

    /**
     * Keeps the first final completion; a known charge replaces an unknown one.
     *
     * @return the number of new keys
     */
    static Uni<Integer> settle(Sql sql, KeyClaim claim, long process, DatedCompletion completion, long nowMillis,
            long expiresMillis) {
        var key = Bytes.of(claim.key());
        var values = Bytes.of(claim.values());
        var text = CompletionText.encode(completion.completion());
        var unknown = unknown(completion);
        return sql.run("""
                update idempotency_key set completion = $3, unknown = $4, completed_at = $5,
                expires_at = case when expires_at > $6 then expires_at else $7 end
                where key_hash = $1 and values_hash = $2
                and (completion is null or expires_at <= $6 or (unknown > 0 and $4 = 0)) returning number""",
                key, values, text, unknown, completion.atMillis(), nowMillis, expiresMillis)
                .chain(updated -> updated.isEmpty() ? sql.run("""
                        insert into idempotency_key (key_hash, values_hash, caller, process, number, completion, unknown,
                        completed_at, expires_at) values ($1, $2, $3, $4, 0, $5, $6, $7, $8)
                        on conflict (key_hash) do nothing returning number""",
                        key, values, claim.caller(), process, text, unknown, completion.atMillis(), expiresMillis)
                        .map(inserted -> inserted.size()) : Uni.createFrom().item(0));
    }

    /**
     * Releases a key from calls of this process, also one that another process settled since it took this one for dead. A newer
     * call that has bound it since then keeps it.
     *
     * @return the number of removed keys
     */
    static Uni<Integer> release(Sql sql, KeyClaim claim, Set<CallId> calls) {
        return Multi.createFrom().iterable(calls).onItem().transformToUniAndConcatenate(call -> sql.run("""
                delete from idempotency_key where key_hash = $1 and process = $2 and number = $3
                and (completion is null or unknown = $4) returning number""", Bytes.of(claim.key()), call.process(),
                call.number(), INTERRUPTED)).onItem().<Row> disjoint().collect().with(Collectors.summingInt(row -> 1));
    }

    /**
     * Releases the keys of a call.
     *
     * @return the number of removed keys
     */
    static Uni<Integer> release(Sql sql, CallId call) {
        return sql.run("""
                delete from idempotency_key where process = $1 and number = $2 and completion is null returning number""",
                call.process(), call.number()).map(rows -> rows.size());
    }

    /** Settles the keys of a call of another process. */
    static Uni<Void> settle(Sql sql, CallId call, DatedCompletion completion, long expiresMillis) {
        var isInterrupted = completion.completion() instanceof VerificationFailure failure
                && failure.reason() == Reason.INTERRUPTED;
        return sql.run("""
                update idempotency_key set completion = $3, unknown = $4, completed_at = $5, expires_at = $6
                where process = $1 and number = $2 and completion is null""",
                call.process(), call.number(), CompletionText.encode(completion.completion()),
                isInterrupted ? INTERRUPTED : unknown(completion), completion.atMillis(), expiresMillis)
                .replaceWithVoid();
    }

    /** The keys that a process bound and that have no completion. */
    static Uni<List<Unsettled>> unsettled(Sql sql, long process) {
        return sql.run("select " + COLUMNS + "where k.process = $1 and k.completion is null", process)
                .map(rows -> rows.stream().map(row -> new Unsettled(row.fingerprint(9), KeyRow.of(row))).toList());
    }

    static Uni<Void> remove(Sql sql, Fingerprint key) {
        return sql.run("delete from idempotency_key where key_hash = $1", Bytes.of(key)).replaceWithVoid();
    }

    /** @return the number of removed keys */
    static Uni<Integer> expire(Sql sql, long nowMillis, int most) {
        return sql.run("""
                delete from idempotency_key where key_hash in
                (select key_hash from idempotency_key where expires_at <= $1 limit $2) returning number""",
                nowMillis, (long) most).map(rows -> rows.size());
    }

    static Uni<Long> count(Sql sql) {
        return sql.run("select count(*) from idempotency_key").map(rows -> rows.get(0).number(0));
    }

    /** When the next key expires; empty if none has a completion. */
    static Uni<Optional<Long>> nextExpiry(Sql sql) {
        return sql.run("select min(expires_at) from idempotency_key")
                .map(rows -> rows.get(0).isNull(0) ? Optional.empty() : Optional.of(rows.get(0).number(0)));
    }
}
