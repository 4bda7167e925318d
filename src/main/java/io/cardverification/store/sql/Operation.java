package io.cardverification.store.sql;

import io.smallrye.mutiny.Uni;

/** One part of a transaction. It is repeated if the transaction fails. */
interface Operation {

    Runnable NOTHING = () -> {
    };

    /** @return what follows the commit; it must not block */
    Uni<Runnable> run(Sql sql);

    /** Whether it need not run any more. */
    default boolean isAbandoned() {
        return false;
    }
}
