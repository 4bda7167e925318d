package io.cardverification.store.file;

import java.sql.SQLException;

import org.sqlite.SQLiteException;

import io.cardverification.store.sql.SqlFailure;

/** The failures of SQLite in words. */
final class SqliteFailures {

    private static final int PRIMARY_CODE = 0xff;

    private SqliteFailures() {
    }

    static SqlFailure of(SQLException failure) {
        return new SqlFailure(failure instanceof SQLiteException known ? reason(known) : failure.getClass().getSimpleName());
    }

    /** The driver's own message may contain values. */
    private static String reason(SQLiteException failure) {
        var code = failure.getResultCode();
        return switch (code.code & PRIMARY_CODE) {
            case 5, 6 -> "another program has locked the file";
            case 8 -> "the file is read-only";
            case 10 -> "the disk failed (" + code.name() + ")";
            case 11 -> "the file is corrupt";
            case 13 -> "the disk is full";
            case 14 -> "the file cannot be opened";
            case 26 -> "the file is not a database";
            default -> code.name();
        };
    }
}
