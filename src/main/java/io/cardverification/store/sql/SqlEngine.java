package io.cardverification.store.sql;

import java.util.function.Function;

import io.smallrye.mutiny.Uni;

/**
 * A database. Both engines take one SQL text, with parameters {@code $1}, {@code $2}.
 *
 * <p>
 * Threads: any. Never blocks. A {@code Uni} emits on a thread of the engine and fails with {@link SqlFailure}; after the
 * failure of a transaction its effects may exist, if the connection broke during the commit.
 */
public interface SqlEngine {

    /** Runs the statements as one transaction; transactions never overlap, also not with those of other processes. */
    <T> Uni<T> inTransaction(Function<Sql, Uni<T>> work);

    /** Runs statements that only read. */
    <T> Uni<T> read(Function<Sql, Uni<T>> work);
}
