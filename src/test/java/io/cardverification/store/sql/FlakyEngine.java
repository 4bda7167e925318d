package io.cardverification.store.sql;

import java.util.function.Function;

import io.smallrye.mutiny.Uni;

/** An engine whose transactions fail while a test wants it. Threads: any. */
final class FlakyEngine implements SqlEngine {

    enum Mode {
        GOOD,
        /** Nothing is written. */
        AWAY,
        /** The transaction is committed, and then the connection breaks. */
        LOST_AFTER_COMMIT
    }

    private final SqlEngine engine;
    volatile Mode mode = Mode.GOOD;

    FlakyEngine(SqlEngine engine) {
        this.engine = engine;
    }

    @Override
    public <T> Uni<T> inTransaction(Function<Sql, Uni<T>> work) {
        return switch (mode) {
            case GOOD -> engine.inTransaction(work);
            case AWAY -> Uni.createFrom().failure(new SqlFailure("a test wants it"));
            case LOST_AFTER_COMMIT -> engine.inTransaction(work)
                    .chain(result -> Uni.createFrom().failure(new SqlFailure("a test wants it")));
        };
    }

    @Override
    public <T> Uni<T> read(Function<Sql, Uni<T>> work) {
        return mode == Mode.GOOD ? engine.read(work) : Uni.createFrom().failure(new SqlFailure("a test wants it"));
    }
}
