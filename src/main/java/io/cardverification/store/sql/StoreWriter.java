package io.cardverification.store.sql;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.verification.NanoClock;

/**
 * Writes operations in the order in which they are added, and never drops one: it repeats a failed transaction until it
 * succeeds.
 *
 * <p>
 * One transaction takes the operations that gathered during the one before. So the number of transactions per second, which a
 * disk limits, does not limit the operations.
 *
 * <p>
 * Ledger entries without a charge come later than the other operations: many rows in one statement of each transaction. So a
 * flood of requests that are not sent does not delay departures.
 *
 * <p>
 * Threads: any; never blocks.
 */
final class StoreWriter {

    private static final Logger LOG = Logger.getLogger(StoreWriter.class);

    /** As many as the ledger keeps, some megabytes. */
    static final int MAX_PENDING = 16_384;

    /** A statement of so many rows takes some milliseconds. */
    private static final int MAX_LATER_OF_A_BATCH = 512;

    private static final Duration MIN_RETRY_DELAY = Duration.ofMillis(200);
    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(1);

    /** A database ends one of two blocked transactions, or a connection breaks. Such a failure is not worth a log line. */
    private static final int FAILURES_UNTIL_LOGGED = 2;

    private final SqlEngine engine;
    private final StoreSettings settings;
    private final Clock clock;
    private final NanoClock nanoClock;
    private final StoreTimer timer;
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final Queue<Operation> later = new ConcurrentLinkedQueue<>();
    /** Of both queues, and those that are being written. */
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile boolean started;
    private volatile boolean blocked;
    private volatile long blockedSinceNanos;
    private volatile @Nullable String failure;
    // Guarded by writing.
    private long batches;
    private int failures;

    StoreWriter(SqlEngine engine, StoreSettings settings, Clock clock, NanoClock nanoClock, StoreTimer timer) {
        this.engine = engine;
        this.settings = settings;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.timer = timer;
    }

    /** Operations wait until then. */
    void start() {
        started = true;
        writeNext();
    }

    void add(Operation operation) {
        pending.incrementAndGet();
        operations.add(operation);
        writeNext();
    }

    /** Is written in the order of these calls, and not in the order of the operations that {@link #add} adds. */
    void addLater(Operation operation) {
        pending.incrementAndGet();
        later.add(operation);
        writeNext();
    }

    int pending() {
        return pending.get();
    }

    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether it is started and not full, also if writes fail. */
    boolean hasRoom() {
        return started && pending.get() < MAX_PENDING;
    }

    /** Whether it has room, and no write takes longer than the patience. */
    boolean isAvailable() {
        return hasRoom() && !(blocked && nanoClock.nanos() - blockedSinceNanos >= settings.patience().toNanos());
    }

    private void writeNext() {
        while (started && !(operations.isEmpty() && later.isEmpty()) && writing.compareAndSet(false, true)) {
            var next = poll();
            var size = next.size() + pollLater(next);
            if (size > 0) {
                blockedSinceNanos = nanoClock.nanos();
                blocked = true;
                write(new Batch(settings.process(), ++batches, next, size));
                return;
            }
            writing.set(false);
        }
    }

    private List<Operation> poll() {
        var next = new ArrayList<Operation>();
        for (var operation = operations.poll(); operation != null; operation = operations.poll()) {
            if (operation.isAbandoned()) {
                pending.decrementAndGet();
            } else {
                next.add(operation);
            }
            if (next.size() == Batch.MAX_OPERATIONS) {
                break;
            }
        }
        return next;
    }

    /** @return how many it has polled */
    private int pollLater(List<Operation> next) {
        var rows = new ArrayList<LedgerRow>();
        var size = 0;
        for (; size < MAX_LATER_OF_A_BATCH; size++) {
            var operation = later.poll();
            if (operation == null) {
                break;
            } else if (operation instanceof AppendOperation append) {
                rows.addAll(append.rows());
            } else {
                next.add(operation);
            }
        }
        if (!rows.isEmpty()) {
            next.add(new AppendOperation(rows));
        }
        return size;
    }

    private void write(Batch batch) {
        engine.inTransaction(sql -> batch.run(sql, clock.millis())).subscribe()
                .with(followers -> onCommitted(batch, followers), failure -> onFailed(batch, failure));
    }

    private void onCommitted(Batch batch, List<Runnable> followers) {
        if (failures >= FAILURES_UNTIL_LOGGED) {
            LOG.infof("Writing the store succeeds again; the gateway accepts all requests. %d operations wait",
                    pending.get() - batch.size());
        }
        failures = 0;
        failure = null;
        blocked = false;
        pending.addAndGet(-batch.size());
        followers.forEach(StoreWriter::run);
        writing.set(false);
        writeNext();
    }

    /** A defect of a receiver must not end the writer. */
    private static void run(Runnable follower) {
        try {
            follower.run();
        } catch (RuntimeException e) {
            LOG.errorf("A receiver of a store's result failed: %s", e.getClass().getName());
        }
    }

    private void onFailed(Batch batch, Throwable failure) {
        failures++;
        this.failure = SqlFailure.reason(failure);
        if (failures == FAILURES_UNTIL_LOGGED) {
            LOG.errorf("Writing the store failed: %s. The gateway repeats the write and sends no request%s until it succeeds;"
                    + " %d operations wait", this.failure,
                    settings.sendsWithoutStore() ? " with an Idempotency-Key, and none of a caller with a daily limit," : "",
                    pending.get());
        }
        var delayMillis = Math.min(MIN_RETRY_DELAY.toMillis() * failures, MAX_RETRY_DELAY.toMillis());
        timer.after(Duration.ofMillis(delayMillis), () -> write(batch));
    }
}
