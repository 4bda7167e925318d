package io.cardverification.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonObject;

/**
 * The rows of a gateway's store file, as this process reads them beside the gateway or after its end. Threads: any, since each
 * method opens the file.
 */
public final class StoreRows {

    private static final Pattern WORD = Pattern.compile("_([a-z])");
    private static final Set<String> FLAGS = Set.of("shared", "reused", "callerDisconnected");

    private final Path file;

    public StoreRows(Path file) {
        this.file = file;
    }

    /** The entries of the ledger in the order in which they were added, with the members of its lines. */
    public List<JsonObject> ledger() throws SQLException {
        return rows("select * from ledger order by rowid");
    }

    /** @return one object for each row, whose members are named as the columns, such as {@code endedAt} */
    public List<JsonObject> rows(String query) throws SQLException {
        try (var connection = open()) {
            return rows(connection, query);
        }
    }

    static List<JsonObject> rows(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement(); var result = statement.executeQuery(query)) {
            var rows = new ArrayList<JsonObject>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    private static JsonObject row(ResultSet result) throws SQLException {
        var row = new JsonObject();
        var columns = result.getMetaData();
        for (var column = 1; column <= columns.getColumnCount(); column++) {
            var value = result.getObject(column);
            var name = WORD.matcher(columns.getColumnName(column))
                    .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
            if (value != null) {
                row.put(name, FLAGS.contains(name) ? (Object) (result.getInt(column) == 1) : value);
            }
        }
        return row;
    }

    /** Prevents the gateway from writing until the connection is closed. */
    public Connection lock() throws SQLException {
        var connection = open();
        try (var statement = connection.createStatement()) {
            statement.execute("begin immediate");
        }
        return connection;
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
