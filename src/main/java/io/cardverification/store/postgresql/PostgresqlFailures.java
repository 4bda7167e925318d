package io.cardverification.store.postgresql;

import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import io.cardverification.store.sql.SqlFailure;
import io.vertx.pgclient.PgException;

/** The failures of the database in words. Its own messages may contain values of rows. */
final class PostgresqlFailures {

    private PostgresqlFailures() {
    }

    /** A failure that is not of the database stays as it is. */
    static Throwable of(Throwable failure) {
        if (failure instanceof PgException known) {
            return new SqlFailure(reason(String.valueOf(known.getSqlState())));
        }
        if (failure instanceof UnknownHostException) {
            return new SqlFailure("the name of the database's host is unknown");
        }
        if (failure instanceof SSLException || String.valueOf(failure.getMessage()).contains("SSL")) {
            return new SqlFailure("the database's certificate is not trusted, or it does not accept TLS");
        }
        return failure instanceof RuntimeException && !isOfVertx(failure) ? failure
                : new SqlFailure("the database cannot be reached");
    }

    private static boolean isOfVertx(Throwable failure) {
        return failure instanceof io.vertx.core.VertxException;
    }

    private static String reason(String state) {
        return switch (state) {
            case "28P01", "28000" -> "the database refuses the user or its password";
            case "3D000" -> "the database does not exist";
            case "42501" -> "the database's user lacks rights";
            case "25006" -> "the database is read-only";
            case "53100" -> "the database's disk is full";
            case "53300" -> "the database has no free connection";
            case "57P01", "57P02", "57P03" -> "the database starts or stops";
            case "40001", "40P01", "55P03" -> "another transaction blocked this one";
            case "25P03" -> "the transaction took too long";
            default -> "the database rejected a statement (SQLSTATE " + state + ")";
        };
    }
}
