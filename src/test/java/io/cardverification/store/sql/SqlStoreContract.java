package io.cardverification.store.sql;

import static io.cardverification.store.StoreSamples.NOON;
import static io.cardverification.store.StoreSamples.NOT_SENT;
import static io.cardverification.store.StoreSamples.PASSED;
import static io.cardverification.store.StoreSamples.SHOP;
import static io.cardverification.store.StoreSamples.call;
import static io.cardverification.store.StoreSamples.claim;
import static io.cardverification.store.StoreSamples.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.store.CallId;
import io.cardverification.store.DepartingCall;
import io.cardverification.store.Departure;
import io.cardverification.store.EndedCall;
import io.cardverification.store.Store;
import io.cardverification.store.StoreContract;
import io.cardverification.testing.SettableClock;
import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Uni;

/** How the stores in a database decide about departures. A second process is a second store on the same engine. */
@NullUnmarked // each test opens the stores
public abstract class SqlStoreContract extends StoreContract {

    protected static final LocalDate DAY = LocalDate.of(2026, 11, 27);
    protected static final Duration LEASE = Duration.ofSeconds(3);
    static final SharingKey QUESTION = new SharingKey("", fingerprint(1));

    protected final SettableClock clock = new SettableClock(NOON);
    private ScheduledExecutorService timer;
    FlakyEngine engine;
    SqlStore store;
    SqlStore other;

    /** Without rows. */
    protected abstract SqlEngine engine();

    protected abstract void closeEngine();

    protected void createTables(SqlEngine engine, String tableQuery) {
        get(engine.inTransaction(sql -> SchemaVersion.migrate(sql, tableQuery, clock.millis())));
    }

    @BeforeEach
    void openStores() {
        timer = Executors.newSingleThreadScheduledExecutor();
        engine = new FlakyEngine(engine());
        store = open(1, LEASE, false);
        other = open(2, LEASE, false);
    }

    @AfterEach
    void close() {
        get(store.drain());
        timer.shutdownNow();
        closeEngine();
    }

    SqlStore open(long process, Duration patience, boolean retryUnknown) {
        var opened = unopened(process, patience, retryUnknown);
        get(opened.open(List.of(), false));
        return opened;
    }

    SqlStore unopened(long process, Duration patience, boolean retryUnknown) {
        return unopened(engine, new StoreSettings(process, TTL, MAX_KEYS, retryUnknown, patience));
    }

    SqlStore unopened(SqlEngine engine, StoreSettings settings) {
        return new SqlStore(engine, settings, clock, System::nanoTime, new StoreTimer(timer));
    }

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected void advance(Duration duration) {
        clock.advance(duration);
    }

    static CallId id(long process, long number) {
        return new CallId(process, number);
    }

    Map<String, Integer> spent() {
        return get(store.spent(DAY));
    }

    List<Row> rows(String sql) {
        return get(engine.read(reading -> reading.run(sql)));
    }

    Reason notSent(Departure departure) {
        assertThat(departure).isInstanceOf(Departure.NotSent.class);
        return ((VerificationFailure) ((Departure.NotSent) departure).completion()).reason();
    }

    static Departure.Elsewhere elsewhere(Departure departure) {
        assertThat(departure).isInstanceOf(Departure.Elsewhere.class);
        return (Departure.Elsewhere) departure;
    }

    @Test
    void the_end_replaces_the_charge_of_the_departure() {
        committed(call(id(1, 1), 1));
        committed(call(id(1, 2), 2));
        assertThat(spent()).containsExactly(Map.entry(SHOP, 2));
        store.end(new EndedCall(id(1, 1), NOT_SENT, Map.of()));
        store.end(new EndedCall(id(1, 2), PASSED, Map.of("other", 1)));
        store.end(new EndedCall(id(1, 2), PASSED, Map.of("other", 1)));
        get(store.drain());
        assertThat(spent()).containsExactly(Map.entry("other", 1));
    }

    @Test
    void a_caller_at_its_limit_is_not_sent_and_leaves_no_row() {
        committed(call(id(1, 1), 1, 1));
        var departure = get(store.depart(call(id(1, 2), 2, 1, claim(1, 2))));
        assertThat(notSent(departure)).isEqualTo(Reason.DAILY_LIMIT_EXCEEDED);
        assertThat(((VerificationFailure) ((Departure.NotSent) departure).completion()).retryAfter())
                .contains(Duration.ofHours(12));
        assertThat(notSent(get(other.depart(call(id(2, 1), 3, 0))))).isEqualTo(Reason.DAILY_LIMIT_EXCEEDED);
        assertThat(spent()).containsExactly(Map.entry(SHOP, 1));
        assertThat(get(other.depart(call(id(2, 2), 2, claim(1, 2))))).isInstanceOf(Departure.Committed.class);
    }

    @Test
    void the_same_question_of_another_process_awaits_its_end() {
        committed(call(id(1, 1), 1));
        var elsewhere = elsewhere(get(other.depart(call(id(2, 1), 1, claim(1, 1)))));
        var completion = elsewhere.completion().subscribeAsCompletionStage();
        store.end(new EndedCall(id(1, 1), PASSED, Map.of(SHOP, 1)));
        assertThat(get(Uni.createFrom().completionStage(completion))).hasValueSatisfying(shared -> {
            assertThat(shared.label()).isEqualTo(PASSED.label());
            assertThat(shared.metadata().shared()).isTrue();
        });
        assertThat(spent()).containsExactly(Map.entry(SHOP, 1));
        assertThat(rows("select 1 from idempotency_key")).isEmpty();
    }

    @Test
    void the_same_key_of_another_process_awaits_its_call() {
        committed(call(id(1, 1), 1, claim(1, 1)));
        var own = new DepartingCall(id(2, 1), new SharingKey("", fingerprint(1)),
                fingerprint(1), null, SHOP, 10, false, List.of(claim(1, 1)), NOON);
        var elsewhere = elsewhere(get(other.depart(own)));
        store.end(new EndedCall(id(1, 1), NOT_SENT, Map.of()));
        assertThat(get(elsewhere.completion())).as("its callers disconnected").isEmpty();
        assertThat(get(other.depart(own))).isInstanceOf(Departure.Committed.class);
    }

    @Test
    void the_same_key_of_another_process_with_other_values_is_rejected() {
        committed(call(id(1, 1), 1, claim(1, 1)));
        assertRejected(get(other.claim(claim(1, 2))), Reason.IDEMPOTENCY_KEY_REUSED);
        var departure = get(other.depart(call(id(2, 1), 2, claim(1, 2), claim(2, 2))));
        assertThat(departure).isInstanceOfSatisfying(Departure.Committed.class, committed -> {
            assertThat(committed.settled()).containsOnlyKeys(claim(1, 2).key());
            assertRejected(Optional.ofNullable(committed.settled().get(claim(1, 2).key())), Reason.IDEMPOTENCY_KEY_REUSED);
        });
    }

    @Test
    void another_process_sees_keys_and_answers() {
        store.settle(claim(1, 1), PASSED);
        store.keep(QUESTION, PASSED, TTL);
        get(store.drain());
        assertThat(get(other.claim(claim(1, 1))).map(Completion::label)).contains(PASSED.label());
        assertThat(get(other.answer(QUESTION)).map(Completion::label)).contains(PASSED.label());
    }

    @Test
    void a_released_key_departs_with_other_values() {
        assertThat(claimed(claim(1, 1))).isEmpty();
        committed(call(id(1, 1), 1, claim(1, 1)));
        store.settle(claim(1, 1), NOT_SENT);
        store.end(new EndedCall(id(1, 1), NOT_SENT, Map.of()));
        assertThat(claimed(claim(1, 2))).isEmpty();
        assertThat(committed(call(id(1, 2), 2, claim(1, 2)))).isEmpty();
    }

    @Test
    void another_attempt_after_a_free_one_bears_no_charge() {
        committed(call(id(1, 1), 1, 1));
        assertThat(get(store.departAgain(call(id(1, 1), 1, 1), false))).isInstanceOf(Departure.Committed.class);
        assertThat(spent()).containsExactly(Map.entry(SHOP, 1));
        store.end(new EndedCall(id(1, 1), NOT_SENT, Map.of()));
        assertThat(notSent(get(store.departAgain(call(id(1, 1), 1, 1), false)))).isEqualTo(Reason.INTERRUPTED);
    }

    @Test
    void another_attempt_bears_one_more_charge() {
        committed(call(id(1, 1), 1, 2));
        assertThat(get(store.departAgain(call(id(1, 1), 1, 2), true))).isInstanceOf(Departure.Committed.class);
        assertThat(spent()).containsExactly(Map.entry(SHOP, 2));
        assertThat(notSent(get(store.departAgain(call(id(1, 1), 1, 2), true)))).isEqualTo(Reason.DAILY_LIMIT_EXCEEDED);
        store.end(new EndedCall(id(1, 1), PASSED, Map.of(SHOP, 1)));
        assertThat(notSent(get(store.departAgain(call(id(1, 1), 1, 2), true)))).isEqualTo(Reason.INTERRUPTED);
        assertThat(spent()).containsExactly(Map.entry(SHOP, 1));
    }

    @Test
    void concurrent_departures_are_all_decided() {
        var departures = new ArrayList<Uni<Departure>>();
        for (var number = 0; number < 300; number++) {
            departures.add(store.depart(call(id(1, number), number, 200)));
        }
        var decided = get(Uni.join().all(departures).andCollectFailures());
        assertThat(decided).filteredOn(Departure.Committed.class::isInstance).hasSize(200);
        assertThat(spent()).containsExactly(Map.entry(SHOP, 200));
        assertThat(rows("select 1 from call")).hasSize(200);
    }

    @Test
    void a_late_release_leaves_the_key_to_a_newer_call() {
        committed(call(id(1, 1), 1, claim(1, 1)));
        store.end(new EndedCall(id(1, 1), NOT_SENT, Map.of()));
        committed(call(id(1, 2), 2, claim(1, 1)));
        int removed = get(engine.inTransaction(sql -> KeyTable.release(sql, claim(1, 1), Set.of(id(1, 1)))));
        assertThat(removed).isZero();
        assertThat(rows("select number from idempotency_key")).singleElement()
                .satisfies(row -> assertThat(row.number(0)).isEqualTo(2));
    }
}
