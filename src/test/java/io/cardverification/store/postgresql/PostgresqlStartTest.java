package io.cardverification.store.postgresql;

import static io.cardverification.store.StoreSamples.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.store.CallId;
import io.cardverification.store.Departure;
import io.cardverification.store.postgresql.PostgresqlConfig.Tls;
import io.cardverification.store.sql.DyingCall;
import io.cardverification.store.sql.DyingCall.Moment;
import io.cardverification.store.sql.DyingCallAssert;
import io.cardverification.testing.EmbeddedDatabase;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;

/** Starts with a database, and the reasons for which it cannot be used. */
class PostgresqlStartTest extends PostgresqlFixture {

    @Test
    void the_first_start_creates_the_schema() {
        try (var opened = open(config())) {
            awaitOpen(opened);
            assertThat(get(opened.store().depart(call(new CallId(1, 1), 1)))).isInstanceOf(Departure.Committed.class);
        }
    }

    @Test
    void several_first_starts_at_once_succeed() throws Exception {
        var threads = Executors.newFixedThreadPool(4); // they inherit the class loader of the test
        var all = new ArrayList<PostgresqlStore>();
        for (var opened : threads.invokeAll(Collections.<Callable<PostgresqlStore>> nCopies(4, () -> open(config())))) {
            all.add(opened.get());
        }
        threads.shutdown();
        all.forEach(PostgresqlFixture::awaitOpen);
        all.forEach(PostgresqlStore::close);
    }

    @ParameterizedTest
    @EnumSource
    void a_killed_process_leaves_no_charge_untold(Moment moment) throws IOException, InterruptedException {
        openAndClose(config());
        DyingCallAssert.run(DyingDatabaseProcess.class, String.valueOf(EmbeddedDatabase.port()), SCHEMA, moment.name());
        try (var opened = open(config())) {
            var recovered = get(opened.store().recover(List.of(DyingCall.PROCESS)));
            DyingCallAssert.assertTold(moment, opened.store(), recovered);
        }
    }

    @Test
    void a_process_is_recovered_only_if_it_is_known_to_be_dead() {
        try (var first = open(config()); var second = open(config())) {
            awaitOpen(first);
            awaitOpen(second);
            get(first.store().depart(call(new CallId(1, 1), 1)));
            second.store().recoverAllBut(sql -> Uni.createFrom().item(Optional.empty()));
            second.store().recoverAllBut(sql -> Uni.createFrom().item(Optional.of(Set.of(1L))));
            get(second.store().recover(List.of())); // after both
            assertThat(entries(second)).isZero();
            second.store().recoverAllBut(sql -> Uni.createFrom().item(Optional.of(Set.of(2L))));
            get(second.store().recover(List.of()));
            assertThat(entries(second)).isEqualTo(1);
        }
    }

    @Test
    void a_wrong_password_is_told_and_may_be_corrected() {
        EmbeddedDatabase.run("create schema if not exists " + SCHEMA + " authorization guarded");
        EmbeddedDatabase.run("alter role guarded password 'right'");
        try (var opened = open(config().withUser(EmbeddedDatabase.GUARDED, "wrong"))) {
            var openings = new AtomicInteger();
            opened.onceOpen(openings::incrementAndGet);
            assertThat(opened.store().isAvailable()).isFalse();
            assertThat(opened.reason()).contains("the database refuses the user or its password");
            assertThat(openings).hasValue(0);
            EmbeddedDatabase.run("alter role guarded password 'wrong'");
            awaitOpen(opened);
            await().untilAsserted(() -> assertThat(openings).hasValue(1));
        }
    }

    @Test
    void missing_rights_are_told_and_may_be_granted() {
        EmbeddedDatabase.run("alter role guarded password 'right'");
        try (var opened = open(config().withUser(EmbeddedDatabase.GUARDED, "right"))) {
            assertThat(opened.reason()).contains("the database's user lacks rights");
            EmbeddedDatabase.run("create schema " + SCHEMA + " authorization guarded");
            awaitOpen(opened);
        }
    }

    @Test
    void a_user_without_the_right_to_create_uses_tables_that_exist() {
        EmbeddedDatabase.run("alter role guarded password 'right'");
        openAndClose(config());
        EmbeddedDatabase.run("grant usage on schema " + SCHEMA + " to guarded;"
                + "grant select, insert, update, delete on all tables in schema " + SCHEMA + " to guarded");
        try (var opened = open(config().withUser(EmbeddedDatabase.GUARDED, "right"))) {
            awaitOpen(opened);
        }
    }

    @Test
    void a_database_that_loses_commits_is_told() {
        EmbeddedDatabase.run("alter role guarded password 'right'; alter role guarded set synchronous_commit = off");
        try (var opened = open(config().withUser(EmbeddedDatabase.GUARDED, "right"))) {
            assertThat(opened.store().isAvailable()).isFalse();
            assertThat(opened.reason())
                    .contains("the database loses commits if it crashes: its setting synchronous_commit is off");
        } finally {
            EmbeddedDatabase.run("alter role guarded reset synchronous_commit");
        }
    }

    @Test
    void a_server_without_tls_is_told() {
        try (var opened = open(config().withTls(Tls.REQUIRE))) {
            assertThat(opened.reason()).hasValueSatisfying(reason -> assertThat(reason).contains("TLS"));
        }
    }

    @Test
    void a_second_gateway_with_other_settings_is_refused() {
        try (var first = open(config())) {
            awaitOpen(first);
            assertThatThrownBy(() -> open(config(), 30, SECRET)).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("gateway.pacing.limit is 30").hasMessageContaining("has 20");
            assertThatThrownBy(() -> open(config(), 20, "t".repeat(32))).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("gateway.sharing.secret").message().doesNotContain("tttt", "ssss", "\n");
            openAndClose(config());
        }
        open(config(), 30, SECRET).close(); // the first gateway has stopped
    }

    @Test
    void a_refusal_after_the_start_went_on_is_told_and_may_end() {
        var first = open(config());
        awaitOpen(first);
        var isLocked = new CompletableFuture<Boolean>();
        var isReleased = new AtomicBoolean();
        first.engine().inTransaction(sql -> sql.run("select 1").invoke(rows -> isLocked.complete(true))
                .onItem().transformToMulti(rows -> sql.run("select 1").repeat().until(more -> isReleased.get()))
                .collect().last()).subscribe().with(rows -> {
                }, failure -> {
                });
        isLocked.join();
        try (var second = open(config(), 30, SECRET)) {
            isReleased.set(true);
            await().untilAsserted(() -> assertThat(second.reason()).hasValueSatisfying(
                    reason -> assertThat(reason).contains("gateway.pacing.limit is 30")));
            first.close();
            awaitOpen(second);
        }
    }

    @Test
    void settings_may_change_a_minute_after_all_gateways_died() {
        awaitOpen(open(config())); // and never closed
        clock.advance(Duration.ofSeconds(61));
        try (var opened = open(config(), 30, SECRET)) {
            awaitOpen(opened);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 3 })
    void a_store_may_be_one_version_newer_and_not_two(int version) {
        openAndClose(config());
        EmbeddedDatabase.run("insert into " + SCHEMA + ".schema_version values (" + version + ", 0)");
        if (version == 2) {
            openAndClose(config());
        } else {
            assertThatThrownBy(() -> open(config())).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("gateway.store").hasMessageContaining("version 3");
        }
    }
}
