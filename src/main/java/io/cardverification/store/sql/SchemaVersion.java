package io.cardverification.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Brings the tables of a store to the version of this program, in the transaction that it is given.
 *
 * <p>
 * A store may be one version newer than the program, so that the versions before and after an update run at the same time.
 * So a migration must not remove or change what the version before needs.
 */
public final class SchemaVersion {

    /** The scripts {@code V1.sql} to this one. */
    static final int CURRENT = 1;

    private static final String VERSION_TABLE = "create table schema_version (version bigint primary key, installed_at bigint not null)";

    private SchemaVersion() {
    }

    /** Whether there is nothing to migrate. Without a lock, so that a gateway that starts does not stop the others. */
    public static Uni<Boolean> isCurrent(Sql sql, String tableQuery) {
        return sql.run(tableQuery, "schema_version")
                .chain(tables -> tables.isEmpty() ? Uni.createFrom().item(false)
                        : version(sql).map(version -> version == CURRENT));
    }

    private static Uni<Long> version(Sql sql) {
        return sql.run("select coalesce(max(version), 0) from schema_version").map(rows -> rows.get(0).number(0));
    }

    /**
     * @param tableQuery returns a row if the table {@code $1} exists. A user without the right to create tables may not even
     *        run {@code CREATE TABLE IF NOT EXISTS}.
     * @throws ConfigurationException in the {@code Uni}, naming both versions, if the store is too new
     */
    public static Uni<Void> migrate(Sql sql, String tableQuery, long nowMillis) {
        return sql.run(tableQuery, "schema_version")
                .chain(tables -> tables.isEmpty() ? sql.run(VERSION_TABLE) : Uni.createFrom().item(tables))
                .chain(() -> version(sql))
                .chain(version -> migrate(sql, version, nowMillis));
    }

    private static Uni<Void> migrate(Sql sql, long version, long nowMillis) {
        if (version > CURRENT + 1) {
            return Uni.createFrom().failure(new ConfigurationException("gateway.store has a store of the version " + version
                    + ", which this gateway cannot use: it knows versions up to " + CURRENT + " and accepts " + (CURRENT + 1)));
        }
        var missing = Stream.iterate(version + 1, next -> next <= CURRENT, next -> next + 1).toList();
        return Multi.createFrom().iterable(missing)
                .onItem().transformToUniAndConcatenate(next -> install(sql, next, nowMillis)).collect().asList()
                .replaceWithVoid();
    }

    private static Uni<List<Row>> install(Sql sql, long version, long nowMillis) {
        return Multi.createFrom().iterable(statements(version)).onItem().transformToUniAndConcatenate(sql::run)
                .collect().asList()
                .chain(() -> sql.run("insert into schema_version (version, installed_at) values ($1, $2)", version, nowMillis));
    }

    private static List<String> statements(long version) {
        var name = "V" + version + ".sql";
        try (var script = SchemaVersion.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("the program has no " + name);
            }
            var text = new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(text.split(";")).map(String::strip).filter(statement -> !statement.isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
