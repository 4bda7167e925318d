package io.cardverification.store.postgresql;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.store.sql.AgreedSetting;
import io.cardverification.store.sql.SchemaVersion;
import io.cardverification.store.sql.Sql;
import io.cardverification.store.sql.SqlEngine;
import io.cardverification.store.sql.SqlFailure;
import io.cardverification.store.sql.SqlStore;
import io.cardverification.store.sql.StoreSettings;
import io.cardverification.store.sql.StoreTimer;
import io.cardverification.verification.NanoClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * A store in a PostgreSQL database, which several gateways share.
 *
 * <p>
 * While the database is away, the store is not available, and it opens as soon as the database is there.
 */
public final class PostgresqlStore implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PostgresqlStore.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    /** Longer than a connection attempt may take. */
    private static final Duration MAX_START_WAIT = Duration.ofSeconds(5);
    private static final Duration MAX_CLOSE_WAIT = Duration.ofSeconds(5);
    /**
     * Returns one text that changes if the server may have lost commits: the identity of the database, and its timeline, which
     * every failover changes.
     */
    public static final String SERVER_QUERY = """
            select system_identifier::text || '-' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
            from pg_control_system()""";
    static final String TABLE_QUERY = "select tablename from pg_catalog.pg_tables where schemaname = current_schema() and tablename = $1";

    private final PostgresqlEngine engine;
    private final SqlStore store;
    private final String schema;
    private final List<AgreedSetting> agreed;
    private final PostgresqlParts parts;
    /** Why the first attempt was refused, if it was. Completed once, also if the start waits no longer. */
    private final CompletableFuture<Optional<ConfigurationException>> firstAttempt = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
    private volatile boolean isOpen;
    private volatile boolean isLogged;
    private volatile boolean isClosed;

    /** The parts of the process that a store needs. */
    public record PostgresqlParts(Vertx vertx, Clock clock, NanoClock nanoClock, StoreTimer timer) {
    }

    private PostgresqlStore(PostgresqlConfig config, StoreSettings settings, List<AgreedSetting> agreed,
            PostgresqlParts parts) {
        this.schema = config.schema();
        this.engine = new PostgresqlEngine(config, settings.patience(), parts.vertx());
        this.store = new SqlStore(engine, settings, parts.clock(), parts.nanoClock(), parts.timer());
        this.agreed = agreed;
        store.reportOpening("the database was not reached yet");
        this.parts = parts;
    }

    /**
     * Opens the store, or tries again until it succeeds. Blocks for the first attempt, a few seconds at most; not for an event
     * loop.
     *
     * @throws ConfigurationException naming the setting, if a setting is wrong, if another gateway runs with other settings, or
     *         if the tables are too new. If that is found after the first attempt, the store is not available, with this
     *         reason.
     */
    public static PostgresqlStore open(PostgresqlConfig config, StoreSettings settings, List<AgreedSetting> agreed,
            PostgresqlParts parts) {
        PostgresqlOptions.require(config);
        var opened = new PostgresqlStore(config, settings, agreed, parts);
        opened.tryOpen();
        opened.awaitFirstAttempt();
        return opened;
    }

    private void awaitFirstAttempt() {
        refusal().ifPresent(refusal -> {
            close();
            throw refusal;
        });
    }

    private Optional<ConfigurationException> refusal() {
        try {
            return firstAttempt.get(MAX_START_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // the future is never completed with a failure
        } catch (TimeoutException e) {
            firstAttempt.complete(Optional.empty());
        }
        return firstAttempt.getNow(Optional.empty());
    }

    private void tryOpen() {
        if (!isClosed) {
            engine.read(sql -> requireDurability(sql).chain(() -> SchemaVersion.isCurrent(sql, TABLE_QUERY)))
                    .chain(isCurrent -> isCurrent ? Uni.createFrom().voidItem() : engine.inTransaction(this::migrate))
                    .chain(() -> store.open(agreed, false))
                    .subscribe().with(recovered -> onOpened(), this::onFailed);
        }
    }

    /** A commit that a crash loses would be a charge without a record, and permits that two gateways own. */
    private static Uni<Void> requireDurability(Sql sql) {
        return sql.run("select name from pg_settings where name in ('fsync', 'synchronous_commit') and setting = 'off'")
                .chain(off -> off.isEmpty() ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new SqlFailure("the database loses commits if it crashes: its setting "
                                + off.get(0).text(0) + " is off")));
    }

    /** A user without the right to create schemas may not even run {@code CREATE SCHEMA IF NOT EXISTS}. */
    private Uni<Void> migrate(Sql sql) {
        return sql.run("select nspname from pg_catalog.pg_namespace where nspname = $1", schema)
                .chain(schemas -> schemas.isEmpty() ? sql.run("create schema " + schema) : Uni.createFrom().item(schemas))
                .chain(() -> SchemaVersion.migrate(sql, TABLE_QUERY, parts.clock().millis()));
    }

    private void onOpened() {
        isOpen = true;
        store.reportOpening(null);
        if (isLogged) {
            LOG.info("The store is open; the gateway accepts requests");
        }
        firstAttempt.complete(Optional.empty());
        opened.complete(null);
    }

    /** @param listener called once, when the store opens or at once if it is open; must not block and must not throw */
    public void onceOpen(Runnable listener) {
        Uni.createFrom().completionStage(opened).subscribe().with(now -> listener.run());
    }

    private void onFailed(Throwable failure) {
        var reason = failure instanceof SqlFailure known ? known.reason() : String.valueOf(failure.getMessage());
        store.reportOpening(reason);
        if (failure instanceof ConfigurationException refused && firstAttempt.complete(Optional.of(refused))) {
            return; // the start fails
        }
        if (!isLogged && !isClosed) {
            isLogged = true;
            LOG.errorf("Opening the store failed: %s. The gateway tries again and sends no request until it succeeds", reason);
        }
        parts.timer().after(RETRY_DELAY, this::tryOpen);
        firstAttempt.complete(Optional.empty());
    }

    public SqlStore store() {
        return store;
    }

    /** For others that keep rows in the same schema. */
    public SqlEngine engine() {
        return engine;
    }

    /** Why the store cannot be written, in words and without secrets; empty if it can. */
    public Optional<String> reason() {
        return store.failure();
    }

    /** Writes what waits, but blocks no longer than some seconds. */
    @Override
    public void close() {
        isClosed = true;
        var closed = new CountDownLatch(1);
        (isOpen ? store.drain() : Uni.createFrom().voidItem()).chain(engine::close)
                .subscribe().with(done -> closed.countDown(), failure -> closed.countDown());
        try {
            if (!closed.await(MAX_CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("%d operations of the store were not written", store.pending());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
