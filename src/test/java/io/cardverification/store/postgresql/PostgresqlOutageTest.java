package io.cardverification.store.postgresql;

import static io.cardverification.store.StoreSamples.NOON;
import static io.cardverification.store.StoreSamples.PASSED;
import static io.cardverification.store.StoreSamples.SHOP;
import static io.cardverification.store.StoreSamples.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import io.cardverification.store.CallId;
import io.cardverification.store.Departure;
import io.cardverification.testing.CuttableProxy;
import io.cardverification.testing.EmbeddedDatabase;
import io.cardverification.verification.Ledger;
import io.smallrye.mutiny.Uni;

/** A database that is away or changes while the gateway runs. */
class PostgresqlOutageTest extends PostgresqlFixture {

    @Test
    void opens_when_the_database_arrives_after_the_start() throws Exception {
        try (var proxy = new CuttableProxy(vertx, EmbeddedDatabase.port(), true);
                var opened = open(TestConfig.of(proxy.port()).withSchema(SCHEMA))) {
            assertThat(opened.store().isAvailable()).isFalse();
            assertThat(opened.reason()).contains("the database cannot be reached");
            opened.store().append(new Ledger.Entry(SHOP, "f1", "1234", PASSED, false), NOON);
            proxy.restore();
            awaitOpen(opened);
            get(opened.store().drain());
            assertThat(entries(opened)).isEqualTo(1);
        }
    }

    @Test
    void nothing_is_lost_while_connections_break() throws Exception {
        try (var proxy = new CuttableProxy(vertx, EmbeddedDatabase.port(), false);
                var opened = open(TestConfig.of(proxy.port()).withSchema(SCHEMA))) {
            var store = opened.store();
            for (var round = 0; round < 20; round++) {
                for (var number = 0; number < 100; number++) {
                    store.append(new Ledger.Entry(SHOP, "f" + number, "1234", PASSED, false), NOON);
                }
                proxy.cut();
                proxy.restore();
            }
            get(store.drain());
            assertThat(entries(opened)).isEqualTo(2_000);
            proxy.cut();
            store.append(new Ledger.Entry(SHOP, "last", "1234", PASSED, false), NOON);
            await().until(() -> !store.isAvailable());
            assertThat(opened.reason()).contains("the database cannot be reached");
            proxy.restore();
            awaitOpen(opened);
        }
    }

    @Test
    void nothing_is_sent_while_the_database_is_read_only() {
        EmbeddedDatabase.run("alter role guarded password 'right'; create schema " + SCHEMA + " authorization guarded");
        try (var opened = open(config().withUser(EmbeddedDatabase.GUARDED, "right"))) {
            EmbeddedDatabase.run("alter role guarded set default_transaction_read_only = on");
            disconnectGuarded();
            opened.store().append(new Ledger.Entry(SHOP, "f1", "1234", PASSED, false), NOON);
            await().until(() -> !opened.store().isAvailable());
            await().untilAsserted(() -> assertThat(opened.reason()).contains("the database is read-only"));
            EmbeddedDatabase.run("alter role guarded reset default_transaction_read_only");
            disconnectGuarded();
            awaitOpen(opened);
            get(opened.store().drain());
            assertThat(entries(opened)).isEqualTo(1);
        } finally {
            EmbeddedDatabase.run("alter role guarded reset default_transaction_read_only");
        }
    }

    private static void disconnectGuarded() {
        EmbeddedDatabase.run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'guarded'");
    }

    @Test
    void a_process_that_stops_within_a_transaction_blocks_for_seconds() {
        try (var opened = open(config())) {
            opened.engine().inTransaction(sql -> sql.run("select 1").chain(rows -> Uni.createFrom().nothing()))
                    .subscribe().with(never -> {
                    }, ended -> {
                    });
            opened.store().append(new Ledger.Entry(SHOP, "f1", "1234", PASSED, false), NOON);
            get(opened.store().drain());
            assertThat(entries(opened)).isEqualTo(1);
        }
    }

    @Test
    void reads_that_wait_do_not_delay_a_departure() {
        try (var opened = open(config())) {
            for (var read = 0; read < 100; read++) {
                opened.engine().read(sql -> Uni.createFrom().nothing()).subscribe().with(never -> {
                }, ended -> {
                });
            }
            assertThat(get(opened.store().depart(call(new CallId(1, 1), 1)))).isInstanceOf(Departure.Committed.class);
        }
    }
}
