package io.cardverification.store.sql;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.smallrye.mutiny.Uni;

/**
 * Removes expired rows, in small parts between the other operations. Its writes also show other processes that this one lives.
 *
 * <p>
 * Threads: the timer's and the engine's.
 */
final class Housekeeping {

    private static final Duration INTERVAL = Duration.ofSeconds(20);
    /** Of calls: longer than another process takes to ask for them, and than clocks differ. */
    private static final Duration KEEP_ENDED = Duration.ofMinutes(10);
    /** Of processes: as the longest lifetime of a key. One that was frozen for so long could repeat a committed batch. */
    private static final Duration KEEP_RETIRED = Duration.ofDays(90);
    private static final int MAX_ROWS = 200;
    /** Ten minutes. */
    private static final int INTERVALS_UNTIL_COUNT = 30;

    record Removed(int keys, int others) {
    }

    private final SqlEngine engine;
    private final StoreWriter writer;
    private final KeyLimit limit;
    private final Clock clock;
    private final StoreTimer timer;
    private final AtomicBoolean added = new AtomicBoolean();
    private int intervals;

    Housekeeping(SqlEngine engine, StoreWriter writer, KeyLimit limit, Clock clock, StoreTimer timer) {
        this.engine = engine;
        this.writer = writer;
        this.limit = limit;
        this.clock = clock;
        this.timer = timer;
    }

    void start() {
        timer.after(INTERVAL, this::run);
    }

    private void run() {
        if (added.compareAndSet(false, true)) {
            writer.add(this::expire);
        }
        if (intervals++ % INTERVALS_UNTIL_COUNT == 0) {
            engine.read(KeyTable::count).subscribe().with(limit::set, failure -> {
                // the count of before is near enough
            });
        }
        start();
    }

    private Uni<Runnable> expire(Sql sql) {
        return expire(sql, clock.millis()).map(removed -> () -> onRemoved(removed));
    }

    /** Removes one part of the expired rows. */
    static Uni<Removed> expire(Sql sql, long nowMillis) {
        return ProcessTable.expire(sql, nowMillis - KEEP_RETIRED.toMillis())
                .chain(() -> KeyTable.expire(sql, nowMillis, MAX_ROWS))
                .chain(keys -> AnswerTable.expire(sql, nowMillis, MAX_ROWS)
                        .chain(answers -> CallTable.expire(sql, nowMillis - KEEP_ENDED.toMillis(), MAX_ROWS)
                                .map(calls -> new Removed(keys, Math.max(answers, calls)))));
    }

    private void onRemoved(Removed removed) {
        limit.add(-removed.keys());
        if (Math.max(removed.keys(), removed.others()) == MAX_ROWS) {
            writer.add(this::expire);
        } else {
            added.set(false);
        }
    }
}
