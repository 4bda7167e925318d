package io.cardverification.store.sql;

import static io.cardverification.store.StoreSamples.NOON;
import static io.cardverification.store.StoreSamples.PASSED;
import static io.cardverification.store.StoreSamples.SHOP;
import static io.cardverification.store.StoreSamples.call;
import static io.cardverification.store.StoreSamples.claim;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

import io.cardverification.store.CallId;
import io.cardverification.store.EndedCall;
import io.cardverification.verification.Ledger;
import io.smallrye.mutiny.Uni;

/** One call of a process that dies, as by {@code kill -9}. */
public final class DyingCall {

    /** When it dies. */
    public enum Moment {
        /** The departure is decided and not committed. */
        IN_THE_DEPARTURE,
        /** The departure is committed. */
        DEPARTED,
        /** The response is settled, recorded and ended, and that is not committed. */
        IN_THE_END,
        /** All is committed. */
        ENDED
    }

    public static final long PROCESS = 7;

    private DyingCall() {
    }

    /** Does not return. The tables must exist. */
    public static void run(SqlEngine engine, Moment moment) {
        var halting = new HaltingEngine(engine);
        var settings = new StoreSettings(PROCESS, Duration.ofHours(1), 100, false, Duration.ofSeconds(30));
        var store = new SqlStore(halting, settings, Clock.fixed(NOON, ZoneOffset.UTC), System::nanoTime,
                new StoreTimer(Executors.newSingleThreadScheduledExecutor()));
        var id = new CallId(PROCESS, 1);
        var patience = Duration.ofSeconds(30);
        store.open(List.of(), false).await().atMost(patience);
        halting.isArmed = moment == Moment.IN_THE_DEPARTURE;
        store.depart(call(id, 1, claim(1, 1))).await().atMost(patience);
        if (moment != Moment.DEPARTED) {
            halting.isArmed = moment == Moment.IN_THE_END;
            store.settle(claim(1, 1), PASSED);
            store.append(new Ledger.Entry(SHOP, "f1", "1234", PASSED, false), NOON);
            store.end(new EndedCall(id, PASSED, Map.of(SHOP, 1)));
            store.drain().await().atMost(patience);
        }
        Runtime.getRuntime().halt(0);
    }

    /** Dies before a commit. */
    private static final class HaltingEngine implements SqlEngine {

        private final SqlEngine engine;
        private volatile boolean isArmed;

        HaltingEngine(SqlEngine engine) {
            this.engine = engine;
        }

        @Override
        public <T> Uni<T> inTransaction(Function<Sql, Uni<T>> work) {
            return engine.inTransaction(sql -> work.apply(sql).invoke(() -> {
                if (isArmed) {
                    Runtime.getRuntime().halt(0);
                }
            }));
        }

        @Override
        public <T> Uni<T> read(Function<Sql, Uni<T>> work) {
            return engine.read(work);
        }
    }
}
