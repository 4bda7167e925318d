package io.cardverification.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL server of the test run. It starts with the first test that needs it and ends with the process.
 *
 * <p>
 * The user {@link #GUARDED} needs its password; all others need none.
 */
public final class EmbeddedDatabase {

    public static final String USER = "postgres";
    public static final String GUARDED = "guarded";

    private static final EmbeddedPostgres SERVER = start();

    private EmbeddedDatabase() {
    }

    private static EmbeddedPostgres start() {
        try {
            var server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                    .start();
            run(server, "create role " + GUARDED + " login password 'right'");
            run(server, """
                    do $$ begin execute format('copy (select unnest(array[''host all guarded all scram-sha-256'',
                    ''host all all all trust'', ''local all all trust''])) to %L', current_setting('hba_file')); end $$""");
            run(server, "select pg_reload_conf()");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int port() {
        return SERVER.getPort();
    }

    /** Runs statements as the owner of the server, in the database {@code postgres}. */
    public static void run(String statements) {
        run(SERVER, statements);
    }

    private static void run(EmbeddedPostgres server, String statements) {
        try (var connection = server.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one number that a query returns. */
    public static long count(String query) {
        try (var connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
