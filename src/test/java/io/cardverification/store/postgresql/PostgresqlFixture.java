package io.cardverification.store.postgresql;

import static io.cardverification.store.StoreSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.cardverification.store.postgresql.PostgresqlStore.PostgresqlParts;
import io.cardverification.store.sql.AgreedSettings;
import io.cardverification.store.sql.StoreSettings;
import io.cardverification.store.sql.StoreTimer;
import io.cardverification.testing.EmbeddedDatabase;
import io.cardverification.testing.SettableClock;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Stores in a schema of their own, on the test run's server. */
@NullUnmarked // each test has its own schema
abstract class PostgresqlFixture {

    static final String SCHEMA = "starts";
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String SECRET = "s".repeat(32);

    final SettableClock clock = new SettableClock(NOON);
    private ScheduledExecutorService timer;
    Vertx vertx;
    private long processes;

    @BeforeEach
    void setUp() {
        timer = Executors.newSingleThreadScheduledExecutor();
        vertx = Vertx.vertx();
        EmbeddedDatabase.run("drop schema if exists " + SCHEMA + " cascade");
    }

    @AfterEach
    void tearDown() {
        timer.shutdownNow();
        vertx.close();
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    static TestConfig config() {
        return TestConfig.of(EmbeddedDatabase.port()).withSchema(SCHEMA);
    }

    PostgresqlStore open(PostgresqlConfig config) {
        return open(config, 20, SECRET);
    }

    PostgresqlStore open(PostgresqlConfig config, int limit, String secret) {
        return PostgresqlStore.open(config,
                new StoreSettings(++processes, Duration.ofHours(1), 100, false, Duration.ofSeconds(3)),
                AgreedSettings.of(limit, Duration.ofSeconds(1), "AKID", secret),
                new PostgresqlParts(vertx, clock, System::nanoTime, new StoreTimer(timer)));
    }

    void openAndClose(PostgresqlConfig config) {
        try (var opened = open(config)) {
            awaitOpen(opened);
        }
    }

    static long entries(PostgresqlStore store) {
        return get(store.engine().read(sql -> sql.run("select count(*) from ledger"))).get(0).number(0);
    }

    static void awaitOpen(PostgresqlStore store) {
        await().atMost(PATIENCE).until(() -> store.store().isAvailable());
        assertThat(store.reason()).isEmpty();
    }
}
