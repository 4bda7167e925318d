package io.cardverification.store.file;

import java.nio.file.Path;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.io.TempDir;

import io.cardverification.store.sql.DurableStoreContract;
import io.cardverification.store.sql.SqlEngine;

/** The contract of a store in an SQLite file. */
@NullUnmarked // each test opens the file
class SqliteStoreTest extends DurableStoreContract {

    @TempDir
    Path directory;

    private StoreFile file;
    private SqliteEngine engine;

    @Override
    protected SqlEngine engine() {
        file = StoreFile.open(directory.resolve("gateway.db"));
        engine = SqliteDatabase.open(file);
        engine.start();
        createTables(engine, SqliteDatabase.TABLE_QUERY);
        return engine;
    }

    @Override
    protected void closeEngine() {
        engine.close();
        file.close();
    }
}
