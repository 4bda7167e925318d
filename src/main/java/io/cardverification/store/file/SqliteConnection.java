package io.cardverification.store.file;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

import io.cardverification.store.sql.Row;
import io.cardverification.store.sql.Sql;
import io.cardverification.store.sql.SqlFailure;
import io.smallrye.mutiny.Uni;

/**
 * A connection to the file, with its prepared statements.
 *
 * <p>
 * Threads: one at a time. A statement runs on the thread that subscribes, and blocks it.
 */
final class SqliteConnection implements Sql, AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /** @throws SqlFailure if the file cannot be opened */
    SqliteConnection(Path file) {
        try {
            var source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + file);
            connection = source.getConnection();
        } catch (SQLException e) {
            throw SqliteFailures.of(e);
        }
    }

    @Override
    public Uni<List<Row>> run(String sql, @Nullable Object... parameters) {
        return Uni.createFrom().item(() -> execute(sql, parameters));
    }

    /** @throws SqlFailure if the statement fails */
    List<Row> execute(String sql, @Nullable Object... parameters) {
        try {
            var statement = prepared(sql);
            for (var index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            return statement.execute() ? rows(statement) : List.of();
        } catch (SQLException e) {
            discard(sql);
            throw SqliteFailures.of(e);
        }
    }

    /** A statement that failed is not reset, and the driver would refuse it. */
    private void discard(String sql) {
        try {
            var failed = statements.remove(sql);
            if (failed != null) {
                failed.close();
            }
        } catch (SQLException alreadyTold) {
            // closing repeats the failure of the statement
        }
    }

    /** {@code $1} would be a name, whose position depends on its first appearance; {@code ?1} is a position. */
    private PreparedStatement prepared(String sql) throws SQLException {
        var known = statements.get(sql);
        if (known != null) {
            return known;
        }
        var statement = connection.prepareStatement(sql.replace('$', '?'));
        statements.put(sql, statement);
        return statement;
    }

    private static List<Row> rows(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            var rows = new ArrayList<Row>();
            while (result.next()) {
                var columns = new @Nullable Object[result.getMetaData().getColumnCount()];
                for (var column = 0; column < columns.length; column++) {
                    columns[column] = result.getObject(column + 1);
                }
                rows.add(new Row(columns));
            }
            return rows;
        }
    }

    @Override
    public void close() {
        try {
            for (var statement : statements.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw SqliteFailures.of(e);
        }
    }
}
