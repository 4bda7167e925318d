package io.cardverification.store.file;

import static io.cardverification.store.StoreSamples.NOON;
import static io.cardverification.store.StoreSamples.PASSED;
import static io.cardverification.store.StoreSamples.SHOP;
import static io.cardverification.store.StoreSamples.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cardverification.store.CallId;
import io.cardverification.store.Departure;
import io.cardverification.store.StoreUnavailable;
import io.cardverification.store.sql.SchemaVersion;
import io.cardverification.store.sql.SqlStore;
import io.cardverification.store.sql.StoreSettings;
import io.cardverification.store.sql.StoreTimer;
import io.cardverification.testing.SettableClock;
import io.cardverification.verification.Ledger;
import io.smallrye.mutiny.Uni;

/** A file that cannot be written for a while. */
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ENTRIES = 1_000;

    @TempDir
    Path directory;

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    @Test
    void nothing_is_sent_while_the_disk_is_full() {
        var timer = Executors.newSingleThreadScheduledExecutor();
        var clock = new SettableClock(NOON);
        var file = StoreFile.open(directory.resolve("gateway.db"));
        var engine = SqliteDatabase.open(file);
        engine.start();
        get(engine.inTransaction(sql -> SchemaVersion.migrate(sql, SqliteDatabase.TABLE_QUERY, 0)));
        var store = new SqlStore(engine, new StoreSettings(1, Duration.ofHours(1), 100, false, Duration.ofMillis(100)),
                clock, System::nanoTime, new StoreTimer(timer));
        get(store.open(List.of(), true));
        get(store.depart(call(new CallId(1, 1), 1)));

        get(engine.inTransaction(sql -> sql.run("pragma max_page_count = 1")));
        for (var number = 0; number < ENTRIES; number++) {
            store.append(new Ledger.Entry(SHOP, "f" + number, "1234", PASSED, false), NOON);
        }
        await().until(() -> !store.isAvailable());
        assertThat(store.failure()).contains("the disk is full");
        assertThatThrownBy(() -> get(store.depart(call(new CallId(1, 2), 2)))).isInstanceOf(StoreUnavailable.class);

        get(engine.inTransaction(sql -> sql.run("pragma max_page_count = 1000000")));
        await().until(store::isAvailable);
        get(store.drain());
        assertThat(get(store.depart(call(new CallId(1, 3), 3)))).isInstanceOf(Departure.Committed.class);
        assertThat(get(engine.read(sql -> sql.run("select count(*) from ledger"))).get(0).number(0)).isEqualTo(ENTRIES);
        engine.close();
        file.close();
        timer.shutdownNow();
    }
}
