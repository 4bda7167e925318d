package io.cardverification.store.postgresql;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.cardverification.store.sql.DurableStoreContract;
import io.cardverification.store.sql.SqlEngine;
import io.cardverification.testing.EmbeddedDatabase;
import io.vertx.core.Vertx;

/** The contract of a store in a PostgreSQL database. */
@NullUnmarked // each test opens the database
class PostgresqlStoreContractTest extends DurableStoreContract {

    private static Vertx vertx;
    private PostgresqlEngine engine;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close();
    }

    @Override
    protected SqlEngine engine() {
        var config = TestConfig.of(EmbeddedDatabase.port());
        EmbeddedDatabase.run("drop schema if exists " + config.schema() + " cascade; create schema " + config.schema());
        engine = new PostgresqlEngine(config, LEASE, vertx);
        createTables(engine, PostgresqlStore.TABLE_QUERY);
        return engine;
    }

    @Override
    protected void closeEngine() {
        get(engine.close());
    }
}
