package io.cardverification.store;

import java.nio.file.Path;

import io.cardverification.store.postgresql.PostgresqlConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/**
 * The kind of the store and its location. It has the idempotency keys, answers, charges, calls in progress and the ledger's
 * entries.
 */
@ConfigMapping(prefix = "gateway.store")
public interface StoreConfig {

    /** The kinds of stores. */
    enum Kind {
        /** A restart forgets everything, so that a repeated key is charged again: for trials. */
        MEMORY,
        /** One file of one gateway. */
        FILE,
        /** A database, which several gateways share. */
        POSTGRESQL
    }

    /** {@code memory}, {@code file} or {@code postgresql}. */
    @WithParentName
    @WithDefault("file")
    Kind kind();

    /**
     * The file of {@code gateway.store=file}, which one process uses at a time. Its directory is created if it is absent, and
     * must not be on a network file system.
     */
    @WithDefault("data/gateway.db")
    Path file();

    /** The database of {@code gateway.store=postgresql}. */
    PostgresqlConfig postgresql();
}
