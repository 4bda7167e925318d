package io.cardverification.store.file;

import java.nio.file.Path;
import java.time.Duration;

import io.cardverification.store.sql.DyingCall;
import io.cardverification.store.sql.SchemaVersion;

/** A process that dies: the file and the moment. */
final class DyingFileProcess {

    private DyingFileProcess() {
    }

    public static void main(String[] arguments) {
        var file = StoreFile.open(Path.of(arguments[0]));
        var engine = SqliteDatabase.open(file);
        engine.start();
        engine.inTransaction(sql -> SchemaVersion.migrate(sql, SqliteDatabase.TABLE_QUERY, 0)).await()
                .atMost(Duration.ofSeconds(30));
        DyingCall.run(engine, DyingCall.Moment.valueOf(arguments[1]));
    }
}
