package io.cardverification.store.sql;

import static io.cardverification.store.StoreSamples.NOON;
import static io.cardverification.store.StoreSamples.PASSED;
import static io.cardverification.store.StoreSamples.SHOP;
import static io.cardverification.store.StoreSamples.call;
import static io.cardverification.store.StoreSamples.claim;
import static io.cardverification.store.StoreSamples.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cardverification.store.DepartingCall;
import io.cardverification.store.Departure;
import io.cardverification.store.EndedCall;
import io.cardverification.store.StoreUnavailable;
import io.cardverification.store.sql.FlakyEngine.Mode;
import io.cardverification.verification.Ledger;

/** Which calls depart while the database is away, if the operator has allowed it, and what is recorded later. */
@NullUnmarked // each test opens the stores
public abstract class DepartureWithoutStoreContract extends SqlStoreContract {

    private static final Duration SHORT = Duration.ofMillis(50);

    /** Between the store and the engine of all stores. */
    private FlakyEngine own;
    private SqlStore split;

    @BeforeEach
    void openSplit() {
        own = new FlakyEngine(engine);
        split = openSplit(3, SHORT);
    }

    private SqlStore openSplit(long process, Duration patience) {
        var opened = unopened(own, new StoreSettings(process, TTL, MAX_KEYS, false, patience, true));
        get(opened.open(List.of(), false));
        return opened;
    }

    private void leaves(DepartingCall call) {
        assertThat(get(split.depart(call))).isEqualTo(new Departure.Committed(Map.of()));
    }

    private void leavesAgain(DepartingCall call) {
        assertThat(get(split.departAgain(call, true))).isEqualTo(new Departure.Committed(Map.of()));
    }

    private void restore() {
        own.mode = Mode.GOOD;
        get(split.drain());
        get(split.drain()); // the first may come before the removal of an attempt that was committed late
    }

    private List<Long> attempts(String condition) {
        return rows("select attempts from call where " + condition + " order by number").stream().map(row -> row.number(0))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "GOOD", mode = EnumSource.Mode.EXCLUDE)
    void departs_without_the_store_and_is_recorded_later(Mode mode) {
        own.mode = mode;
        leaves(call(id(3, 1), 1));
        leavesAgain(call(id(3, 1), 1));
        split.append(new Ledger.Entry(SHOP, "f1", "1234", PASSED, false), NOON);
        split.end(new EndedCall(id(3, 1), PASSED, Map.of("other", 2)));
        leaves(call(id(3, 2), 1));
        leavesAgain(call(id(3, 2), 1));
        assertThat(split.isAvailable()).isTrue();
        assertThat(split.failure()).isPresent();
        restore();
        assertThat(split.failure()).isEmpty();
        assertThat(attempts("ended_at is not null")).containsExactly(2L);
        assertThat(attempts("ended_at is null")).containsExactly(2L);
        assertThat(spent()).containsOnly(Map.entry("other", 2), Map.entry(SHOP, 2));
        assertThat(rows("select 1 from ledger")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "GOOD", mode = EnumSource.Mode.EXCLUDE)
    void another_attempt_is_counted_once(Mode mode) {
        get(split.depart(call(id(3, 1), 1)));
        own.mode = mode;
        leavesAgain(call(id(3, 1), 1));
        restore();
        assertThat(attempts("ended_at is null")).containsExactly(2L);
        assertThat(spent()).containsExactly(Map.entry(SHOP, 2));
    }

    @Test
    void decides_as_usual_while_the_store_is_there() {
        var patient = openSplit(4, LEASE);
        patient.keep(question(1), PASSED, TTL);
        assertThat(get(patient.depart(call(id(4, 1), 1)))).isInstanceOf(Departure.NotSent.class);
        get(other.depart(call(id(2, 1), 2)));
        elsewhere(get(patient.depart(call(id(4, 2), 2))));
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "GOOD", mode = EnumSource.Mode.EXCLUDE)
    void a_key_or_a_daily_limit_never_departs_without_the_store(Mode mode) {
        own.mode = mode;
        for (var time = 0; time < 2; time++) {
            assertUnavailable(call(id(3, 1 + time), 1, claim(1, 1)));
            assertUnavailable(call(id(3, 3 + time), 2, 10));
            await().until(() -> split.failure().isPresent());
        }
        assertThatThrownBy(() -> get(split.claim(claim(1, 1)))).isInstanceOf(StoreUnavailable.class);
        restore();
        for (var table : List.of("idempotency_key", "call", "spend where charges > 0")) {
            assertThat(rows("select 1 from " + table)).as(table).isEmpty();
        }
    }

    private void assertUnavailable(DepartingCall call) {
        assertThatThrownBy(() -> get(split.depart(call))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> get(split.departAgain(call, true))).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void an_answer_that_cannot_be_read_is_absent() {
        var patient = openSplit(4, LEASE);
        patient.keep(question(1), PASSED, TTL);
        get(patient.drain());
        assertThat(get(patient.answer(question(1)))).isPresent();
        own.mode = Mode.AWAY;
        assertThat(get(patient.answer(question(1)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "GOOD", mode = EnumSource.Mode.EXCLUDE)
    void a_question_that_departs_elsewhere_has_two_records(Mode mode) {
        get(other.depart(call(id(2, 1), 1)));
        own.mode = mode;
        leaves(call(id(3, 1), 1));
        restore();
        assertThat(attempts("ended_at is null")).containsExactly(1L, 1L);
        other.end(new EndedCall(id(2, 1), PASSED, Map.of(SHOP, 1)));
        split.end(new EndedCall(id(3, 1), PASSED, Map.of(SHOP, 1)));
        get(other.drain());
        get(split.drain());
        assertThat(attempts("ended_at is null")).isEmpty();
        assertThat(spent()).containsExactly(Map.entry(SHOP, 2));
    }

    @Test
    void calls_that_others_took_for_dead_keep_their_charges() {
        get(split.depart(call(id(3, 1), 1)));
        get(split.drain());
        own.mode = Mode.AWAY;
        leavesAgain(call(id(3, 1), 1));
        leaves(call(id(3, 2), 2));
        assertThat(get(store.recover(List.of(3L)))).hasSize(1);
        restore();
        assertThat(attempts("ended_at is null")).containsExactly(1L);
        assertThat(rows("select 1 from process where id = 3 and retired_at is null")).hasSize(1);
        split.end(new EndedCall(id(3, 1), PASSED, Map.of(SHOP, 2)));
        split.end(new EndedCall(id(3, 2), PASSED, Map.of(SHOP, 1)));
        get(split.drain());
        assertThat(spent()).containsExactly(Map.entry(SHOP, 3));
        committed(call(id(1, 1), 1));
    }

    @Test
    void nothing_departs_before_the_store_was_opened() {
        var later = unopened(own, new StoreSettings(4, TTL, MAX_KEYS, false, SHORT, true));
        assertThat(later.isAvailable()).isFalse();
        assertThatThrownBy(() -> get(later.depart(call(id(4, 1), 1)))).isInstanceOf(StoreUnavailable.class);
    }
}
