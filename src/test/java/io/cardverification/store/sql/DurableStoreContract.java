package io.cardverification.store.sql;

import static io.cardverification.store.StoreSamples.NOON;
import static io.cardverification.store.StoreSamples.NOT_SENT;
import static io.cardverification.store.StoreSamples.PASSED;
import static io.cardverification.store.StoreSamples.SHOP;
import static io.cardverification.store.StoreSamples.UNKNOWN;
import static io.cardverification.store.StoreSamples.call;
import static io.cardverification.store.StoreSamples.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cardverification.store.Departure;
import io.cardverification.store.EndedCall;
import io.cardverification.store.StoreUnavailable;
import io.cardverification.store.sql.FlakyEngine.Mode;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Uni;

/** What the stores in a database do when processes die and writes fail. */
@NullUnmarked // each test opens the stores
public abstract class DurableStoreContract extends DepartureWithoutStoreContract {

    private static final int ENTRIES = 3_000;

    @Test
    void the_calls_of_a_dead_process_become_unknown() {
        get(other.depart(call(id(2, 1), 1, claim(1, 1))));
        get(other.departAgain(call(id(2, 1), 1)));
        other.join(id(2, 1), claim(2, 1));
        get(other.depart(call(id(2, 2), 2)));
        other.end(new EndedCall(id(2, 2), PASSED, Map.of(SHOP, 1)));
        other.join(id(2, 2), claim(3, 2));
        await().until(() -> other.pending() == 0);
        var awaiting = elsewhere(get(store.depart(call(id(1, 1), 1)))).completion();

        var recovered = get(store.recover(List.of(2L)));

        assertThat(recovered).singleElement().satisfies(one -> {
            assertThat(one.call()).isEqualTo(id(2, 1));
            assertThat(one.departedAt()).isEqualTo(NOON);
            assertThat(one.entry().caller()).isEqualTo(SHOP);
            assertThat(one.entry().completion().charge()).isEqualTo(Charge.UNKNOWN);
            assertThat(one.entry().completion().maxCharges()).isEqualTo(2);
        });
        assertThat(get(awaiting)).isEmpty();
        assertRejected(claimed(claim(1, 1)), Reason.INTERRUPTED);
        assertRejected(claimed(claim(2, 1)), Reason.INTERRUPTED);
        assertThat(claimed(claim(3, 2)).map(Completion::label)).contains(PASSED.label());
        assertThat(spent()).containsExactly(Map.entry(SHOP, 3));
        assertThat(rows("select error, charge, attempts, last_four from ledger")).singleElement().satisfies(row -> {
            assertThat(row.text(0)).isEqualTo("interrupted");
            assertThat(row.text(1)).isEqualTo("unknown");
            assertThat(row.number(2)).isEqualTo(2);
            assertThat(row.text(3)).isEqualTo("1234");
        });
        assertThat(get(store.recover(List.of(2L)))).isEmpty();
        committed(call(id(1, 2), 1));
    }

    @Test
    void with_retry_unknown_the_keys_of_a_dead_process_are_released() {
        get(other.depart(call(id(2, 1), 1, claim(1, 1))));
        var retrying = open(3, LEASE, true);
        assertThat(get(retrying.recover(List.of(2L)))).hasSize(1);
        assertThat(claimed(claim(1, 1))).isEmpty();
        assertThat(committed(call(id(1, 1), 1, claim(1, 1)))).isEmpty();
    }

    @Test
    void the_ledger_has_a_row_for_each_entry() {
        store.append(new Ledger.Entry(SHOP, "f1", "1234", PASSED, true), NOON);
        store.append(new Ledger.Entry(SHOP, "f2", null, UNKNOWN, false), NOON);
        get(store.drain());
        var rows = rows("select fingerprint, day, result, error, request_id, charge, caller_disconnected from ledger"
                + " order by fingerprint");
        assertThat(List.of(rows.get(0).text(0), rows.get(0).text(1), rows.get(0).text(2), rows.get(0).text(4),
                rows.get(0).text(5))).containsExactly("f1", "2026-11-27", "0", "request-1", "charged");
        assertThat(rows.get(0).isNull(3)).isTrue();
        assertThat(rows.get(0).number(6)).isEqualTo(1);
        assertThat(rows.get(1).text(3)).isEqualTo("upstream-timeout");
        assertThat(rows.get(1).isNull(2)).isTrue();
    }

    @Test
    void expired_rows_are_removed() {
        committed(call(id(1, 1), 1, claim(1, 1)));
        store.settle(claim(1, 1), PASSED);
        store.end(new EndedCall(id(1, 1), PASSED, Map.of(SHOP, 1)));
        store.keep(QUESTION, PASSED, TTL);
        get(store.drain());
        clock.advance(TTL);
        get(engine.inTransaction(sql -> Housekeeping.expire(sql, clock.millis())));
        for (var table : List.of("idempotency_key", "answer", "call")) {
            assertThat(rows("select 1 from " + table)).as(table).isEmpty();
        }
        assertThat(rows("select 1 from spend")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "GOOD", mode = EnumSource.Mode.EXCLUDE)
    void a_failed_transaction_is_repeated_and_counts_once(Mode mode) {
        engine.mode = mode;
        var departure = store.depart(call(id(1, 1), 1, claim(1, 1))).subscribeAsCompletionStage();
        store.append(new Ledger.Entry(SHOP, "f1", "1234", PASSED, true), NOON);
        store.settle(claim(1, 1), PASSED);
        await().until(() -> store.failure().isPresent());
        engine.mode = Mode.GOOD;
        assertThat(get(Uni.createFrom().completionStage(departure))).isInstanceOf(Departure.Committed.class);
        get(store.drain());
        assertThat(store.failure()).isEmpty();
        assertThat(spent()).containsExactly(Map.entry(SHOP, 1));
        assertThat(rows("select 1 from ledger")).hasSize(1);
        assertThat(rows("select 1 from idempotency_key")).hasSize(1);
        store.end(new EndedCall(id(1, 1), PASSED, Map.of(SHOP, 1)));
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "GOOD", mode = EnumSource.Mode.EXCLUDE)
    void a_departure_that_is_not_written_in_time_is_not_sent(Mode mode) {
        var impatient = open(3, Duration.ofMillis(50), false);
        engine.mode = mode;
        var departure = impatient.depart(call(id(3, 1), 1, claim(1, 1)));
        assertThatThrownBy(() -> get(departure)).isInstanceOf(StoreUnavailable.class);
        await().until(() -> !impatient.isAvailable());
        assertThatThrownBy(() -> get(impatient.depart(call(id(3, 2), 2)))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> get(impatient.claim(claim(1, 1)))).isInstanceOf(StoreUnavailable.class);
        assertThat(get(impatient.answer(QUESTION))).as("the departure looks again").isEmpty();
        engine.mode = Mode.GOOD;
        get(impatient.drain());
        get(impatient.drain()); // the first may come before the removal of the departure
        assertThat(impatient.isAvailable()).isTrue();
        for (var table : List.of("idempotency_key", "call", "ledger")) {
            assertThat(rows("select 1 from " + table)).as(table).isEmpty();
        }
        assertThat(spent()).isEmpty();
    }

    @Test
    void nothing_is_lost_when_too_many_operations_wait() {
        engine.mode = Mode.AWAY;
        for (var number = 0; number < StoreWriter.MAX_PENDING; number++) {
            store.append(new Ledger.Entry(SHOP, "f" + number, "1234", PASSED, true), NOON);
        }
        assertThat(store.isAvailable()).isFalse();
        engine.mode = Mode.GOOD;
        get(store.drain());
        assertThat(store.isAvailable()).isTrue();
        assertThat(rows("select count(*) from ledger").get(0).number(0)).isEqualTo(StoreWriter.MAX_PENDING);
    }

    @Test
    void a_store_that_is_not_open_keeps_what_is_added() {
        var later = unopened(3, LEASE, false);
        later.append(new Ledger.Entry(SHOP, "f1", "1234", PASSED, true), NOON);
        assertThat(later.isAvailable()).isFalse();
        assertThatThrownBy(() -> get(later.depart(call(id(3, 1), 1)))).isInstanceOf(StoreUnavailable.class);
        get(later.open(List.of(), false));
        get(later.drain());
        assertThat(rows("select 1 from ledger")).hasSize(1);
    }

    @Test
    void departures_overtake_entries_without_a_charge() {
        var remaining = new AtomicInteger();
        engine.mode = Mode.AWAY;
        store.settle(claim(9, 9), PASSED); // waits until all others are added
        for (var number = 0; number < ENTRIES; number++) {
            store.append(new Ledger.Entry(SHOP, "f" + number, "1234", NOT_SENT, false), NOON);
        }
        var departure = store.depart(call(id(1, 1), 1)).invoke(decided -> remaining.set(store.pending()))
                .subscribeAsCompletionStage();
        engine.mode = Mode.GOOD;
        assertThat(get(Uni.createFrom().completionStage(departure))).isInstanceOf(Departure.Committed.class);
        assertThat(remaining).hasValueGreaterThan(ENTRIES / 2);
        get(store.drain());
        assertThat(rows("select distinct fingerprint from ledger")).hasSize(ENTRIES);
    }

    @Test
    void a_wait_for_another_call_ends_if_the_store_is_away() {
        committed(call(id(1, 1), 1));
        var completion = elsewhere(get(other.depart(call(id(2, 1), 1)))).completion().subscribeAsCompletionStage();
        engine.mode = Mode.AWAY;
        assertRejected(get(Uni.createFrom().completionStage(completion)), Reason.STORE_UNAVAILABLE);
        engine.mode = Mode.GOOD;
        var later = elsewhere(get(other.depart(call(id(2, 2), 1)))).completion();
        store.end(new EndedCall(id(1, 1), PASSED, Map.of(SHOP, 1)));
        assertThat(get(later).map(Completion::label)).contains(PASSED.label());
    }

    @Test
    void a_process_that_was_taken_for_dead_repeats_no_batch() {
        var own = new FlakyEngine(engine);
        var frozen = unopened(own, new StoreSettings(3, TTL, MAX_KEYS, false, LEASE));
        get(frozen.open(List.of(), false));
        own.mode = Mode.LOST_AFTER_COMMIT;
        var unused = frozen.depart(call(id(3, 1), 1)).subscribeAsCompletionStage();
        await().until(() -> rows("select 1 from call where process = 3").size() == 1);
        assertThat(get(store.recover(List.of(3L)))).hasSize(1);
        clock.advance(Duration.ofDays(89));
        get(engine.inTransaction(sql -> Housekeeping.expire(sql, clock.millis())));
        own.mode = Mode.GOOD;
        get(frozen.drain());
        assertThat(rows("select charges from spend")).singleElement()
                .satisfies(row -> assertThat(row.number(0)).isEqualTo(1));
    }

    @Test
    void a_row_of_the_ledger_that_exists_stays() {
        var row = new LedgerRow(1, 1, new Ledger.Entry(SHOP, "f1", "1234", PASSED, false), NOON);
        for (var time = 0; time < 2; time++) {
            get(engine.inTransaction(sql -> LedgerTable.append(sql, List.of(row))));
        }
        assertThat(rows("select 1 from ledger")).hasSize(1);
    }
}
