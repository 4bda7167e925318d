package io.cardverification.store.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.sql.Row;
import io.cardverification.store.sql.Sql;
import io.cardverification.store.sql.SqlEngine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * A PostgreSQL database by the reactive client, on one event loop.
 *
 * <p>
 * A lock of the database, which the end of the transaction releases, keeps the transactions of all gateways of a schema apart.
 *
 * <p>
 * Transactions have connections of their own, so that many reads do not delay a departure or a lease.
 */
final class PostgresqlEngine implements SqlEngine {

    private static final String LOCK = "select pg_advisory_xact_lock($1)";
    private static final long LOCK_PREFIX = 0x43564757L << 32;

    /** The store's writer and the leases each run one transaction at a time. */
    private static final int WRITING_CONNECTIONS = 2;

    private final Pool writing;
    private final Pool reading;
    private final Context context;
    private final long lock;

    /** @param patience how long a read or a write waits for a connection */
    PostgresqlEngine(PostgresqlConfig config, Duration patience, Vertx vertx) {
        this.writing = PostgresqlOptions.pool(config, WRITING_CONNECTIONS, patience, vertx);
        this.reading = PostgresqlOptions.pool(config, config.poolSize(), patience, vertx);
        this.context = vertx.getOrCreateContext();
        this.lock = LOCK_PREFIX | (config.schema().hashCode() & 0xffff_ffffL);
    }

    @Override
    public <T> Uni<T> inTransaction(Function<Sql, Uni<T>> work) {
        return run(() -> writing.withTransaction(connection -> {
            var sql = sql(connection);
            return future(sql.run(LOCK, lock).chain(() -> work.apply(sql)));
        }));
    }

    @Override
    public <T> Uni<T> read(Function<Sql, Uni<T>> work) {
        return run(() -> reading.withConnection(connection -> future(work.apply(sql(connection)))));
    }

    private interface Query<T> {

        Future<T> start();
    }

    private <T> Uni<T> run(Query<T> query) {
        return Uni.createFrom().emitter(receiver -> context.runOnContext(now -> query.start()
                .onSuccess(receiver::complete)
                .onFailure(failure -> receiver.fail(PostgresqlFailures.of(failure)))));
    }

    private static <T> Future<T> future(Uni<T> uni) {
        Promise<T> promise = Promise.promise();
        uni.subscribe().with(promise::complete, promise::fail);
        return promise.future();
    }

    private static Sql sql(SqlConnection connection) {
        connection.exceptionHandler(broken -> {
            // the statement or the commit fails as well
        });
        return (sql, parameters) -> Uni.createFrom().<List<Row>> emitter(receiver -> connection.preparedQuery(sql)
                .execute(tuple(parameters))
                .onSuccess(rows -> receiver.complete(rows(rows)))
                .onFailure(receiver::fail));
    }

    private static Tuple tuple(@Nullable Object... parameters) {
        var tuple = Tuple.tuple();
        for (var parameter : parameters) {
            tuple.addValue(parameter instanceof byte[] bytes ? Buffer.buffer(bytes)
                    : parameter instanceof String text ? text.replace("\0", "") // no text of PostgreSQL contains it
                            : parameter);
        }
        return tuple;
    }

    private static List<Row> rows(Iterable<io.vertx.sqlclient.Row> found) {
        var rows = new ArrayList<Row>();
        for (var row : found) {
            var columns = new @Nullable Object[row.size()];
            for (var column = 0; column < columns.length; column++) {
                var value = row.getValue(column);
                columns[column] = value instanceof Buffer bytes ? bytes.getBytes() : value;
            }
            rows.add(new Row(columns));
        }
        return rows;
    }

    Uni<Void> close() {
        return run(writing::close).chain(() -> run(reading::close));
    }
}
