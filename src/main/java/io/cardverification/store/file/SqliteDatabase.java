package io.cardverification.store.file;

import io.cardverification.store.sql.SqlFailure;

/**
 * Opens the two connections to a store's file, after a look whether it is one.
 *
 * <p>
 * Each commit is on the disk before it is acknowledged: a write-ahead log with {@code synchronous=FULL}.
 */
final class SqliteDatabase {

    static final String TABLE_QUERY = "select name from sqlite_schema where type = 'table' and name = $1";

    /** The letters CVGW, by which a store of the gateway is told from other databases. */
    private static final int APPLICATION_ID = 0x43564757;

    /** Such a file is checked in tenths of a second. A later page of a larger one that is corrupt fails when it is read. */
    private static final long MAX_CHECKED_BYTES = 64L * 1024 * 1024;

    private SqliteDatabase() {
    }

    /** @throws SqlFailure if the file is not a store, is corrupt or cannot be written; then it is unchanged */
    static SqliteEngine open(StoreFile file) {
        SqliteLibrary.load(file.sibling(".lib"));
        var isNew = file.isNew();
        var writing = new SqliteConnection(file.path());
        try {
            if (isNew) {
                writing.execute("pragma application_id = " + APPLICATION_ID);
            } else {
                check(writing, file);
            }
            writing.execute("pragma journal_mode = wal");
            writing.execute("pragma synchronous = full");
            var reading = new SqliteConnection(file.path());
            reading.execute("pragma query_only = true");
            return new SqliteEngine(writing, reading);
        } catch (SqlFailure e) {
            writing.close();
            throw e;
        }
    }

    private static void check(SqliteConnection connection, StoreFile file) {
        var id = connection.execute("pragma application_id").get(0).number(0);
        if (id != APPLICATION_ID) {
            throw new SqlFailure("it is a database of another program");
        }
        if (file.size() <= MAX_CHECKED_BYTES && !"ok".equals(connection.execute("pragma quick_check(1)").get(0).text(0))) {
            throw new SqlFailure("the file is corrupt");
        }
    }
}
