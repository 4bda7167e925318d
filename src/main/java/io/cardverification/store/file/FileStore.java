package io.cardverification.store.file;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.cardverification.store.sql.AgreedSetting;
import io.cardverification.store.sql.Recovered;
import io.cardverification.store.sql.SchemaVersion;
import io.cardverification.store.sql.SettingTable;
import io.cardverification.store.sql.Sql;
import io.cardverification.store.sql.SqlFailure;
import io.cardverification.store.sql.SqlStore;
import io.cardverification.store.sql.StoreSettings;
import io.cardverification.store.sql.StoreTimer;
import io.cardverification.verification.NanoClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;

/** A store in one file of this process. */
public final class FileStore implements AutoCloseable {

    private static final String KEY = "gateway.store.file";
    private static final String GENERATED_SECRET = "generated-sharing-secret";
    private static final int SECRET_BYTES = 32;
    private static final Duration MAX_CLOSE_WAIT = Duration.ofSeconds(5);

    private final StoreFile file;
    private final SqliteEngine engine;
    private final SqlStore store;
    private final String sharingSecret;
    private final List<Recovered> recovered;
    private final Optional<Long> lastEndMillis;

    private FileStore(StoreFile file, SqliteEngine engine, SqlStore store, String sharingSecret, List<Recovered> recovered,
            Optional<Long> lastEndMillis) {
        this.file = file;
        this.engine = engine;
        this.store = store;
        this.sharingSecret = sharingSecret;
        this.recovered = recovered;
        this.lastEndMillis = lastEndMillis;
    }

    /** The parts of the process that a store needs. {@code random} must be secure. */
    public record FileParts(Clock clock, NanoClock nanoClock, StoreTimer timer, RandomGenerator random) {
    }

    /**
     * Opens or creates the store. Blocks for milliseconds.
     *
     * @param secret the sharing secret, if it is configured; otherwise the store keeps one that it makes
     * @param agreed from the sharing secret, the settings to which the content belongs
     * @throws ConfigurationException naming the setting, if the file cannot be used; then it is unchanged
     */
    public static FileStore open(Path path, StoreSettings settings, Optional<String> secret,
            Function<String, List<AgreedSetting>> agreed, FileParts parts) {
        StoreFile file = null;
        try {
            file = StoreFile.open(path);
            return open(file, settings, secret, agreed, parts);
        } catch (SqlFailure e) {
            if (file != null) {
                file.close();
            }
            throw new ConfigurationException(KEY + " must be a writable file of this gateway alone, but " + path
                    + " cannot be used: " + e.reason());
        }
    }

    private static FileStore open(StoreFile file, StoreSettings settings, Optional<String> secret,
            Function<String, List<AgreedSetting>> agreed, FileParts parts) {
        var engine = SqliteDatabase.open(file);
        try {
            var store = new SqlStore(engine, settings, parts.clock(), parts.nanoClock(), parts.timer());
            var used = result(
                    engine.inTransaction(sql -> SchemaVersion.migrate(sql, SqliteDatabase.TABLE_QUERY, parts.clock().millis())
                            .chain(() -> secret.map(Uni.createFrom()::item).orElseGet(() -> generated(sql, parts.random())))));
            var lastEnd = result(engine.inTransaction(SqlStore::lastEnd));
            var recovered = result(store.open(agreed.apply(used), true));
            engine.start();
            return new FileStore(file, engine, store, used, recovered, lastEnd);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static Uni<String> generated(Sql sql, RandomGenerator random) {
        return SettingTable.find(sql, GENERATED_SECRET).chain(known -> {
            if (known.isPresent()) {
                return Uni.createFrom().item(known.get());
            }
            var bytes = new byte[SECRET_BYTES];
            random.nextBytes(bytes);
            var made = Base64.getEncoder().encodeToString(bytes);
            return SettingTable.put(sql, GENERATED_SECRET, made).replaceWith(made);
        });
    }

    /** Of a {@code Uni} that emits on this thread. */
    private static <T> T result(Uni<T> uni) {
        try {
            return uni.subscribeAsCompletionStage().get(0, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the engine has started", e);
        }
    }

    public SqlStore store() {
        return store;
    }

    /** The configured secret, or the one that the store keeps. */
    public String sharingSecret() {
        return sharingSecret;
    }

    /** The calls that an earlier process left. */
    public List<Recovered> recovered() {
        return recovered;
    }

    /**
     * Whether an earlier process has certainly sent nothing for a time: it left no call without an end, and the last end is as
     * old. A wall clock that was set back gives no certainty.
     */
    public boolean wasQuiet(Duration time, long nowMillis) {
        return recovered.isEmpty() && lastEndMillis.map(last -> nowMillis - last >= time.toMillis()).orElse(true);
    }

    /** Writes what waits, but blocks no longer than some seconds. */
    @Override
    public void close() {
        var drained = new CountDownLatch(1);
        store.drain().subscribe().with(done -> drained.countDown());
        try {
            if (drained.await(MAX_CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                engine.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
