package io.cardverification.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL server of the test run. It starts with the first test that needs it and ends with the process. */
public final class EmbeddedDatabase {

    public static final String USER = "postgres";

    private static final EmbeddedPostgres SERVER = start();

    private EmbeddedDatabase() {
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int port() {
        return SERVER.getPort();
    }

    /** Runs statements as the owner of the server, in the database {@code postgres}. */
    public static void run(String statements) {
        try (var connection = SERVER.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
