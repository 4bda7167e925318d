package io.cardverification.store.file;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.cardverification.store.sql.Sql;
import io.cardverification.store.sql.SqlEngine;
import io.cardverification.store.sql.SqlFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One SQLite file with a thread that writes and a thread that reads, since each of them waits for the disk.
 *
 * <p>
 * Until {@link #start} everything runs on the calling thread. So the start of the process opens the store without a wait for
 * another thread.
 */
final class SqliteEngine implements SqlEngine, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SqliteEngine.class);

    private static final Duration MAX_CLOSE_WAIT = Duration.ofSeconds(2);

    private final SqliteConnection writing;
    private final SqliteConnection reading;
    private final ExecutorService writer = thread("store-writer");
    private final ExecutorService reader = thread("store-reader");
    private volatile boolean started;

    SqliteEngine(SqliteConnection writing, SqliteConnection reading) {
        this.writing = writing;
        this.reading = reading;
    }

    /** A stuck disk must not prevent the process from ending. */
    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        started = true;
    }

    @Override
    public <T> Uni<T> inTransaction(Function<Sql, Uni<T>> work) {
        return on(writer, receiver -> transact(work, receiver));
    }

    @Override
    public <T> Uni<T> read(Function<Sql, Uni<T>> work) {
        return on(reader, receiver -> work.apply(reading).subscribe().with(receiver::complete, receiver::fail));
    }

    private interface Work<T> {

        void run(UniEmitter<? super T> receiver);
    }

    private <T> Uni<T> on(Executor thread, Work<T> work) {
        return Uni.createFrom().emitter(receiver -> (started ? thread : (Executor) Runnable::run).execute(() -> {
            try {
                work.run(receiver);
            } catch (SqlFailure e) {
                receiver.fail(e);
            }
        }));
    }

    private <T> void transact(Function<Sql, Uni<T>> work, UniEmitter<? super T> receiver) {
        writing.execute("begin immediate");
        work.apply(writing).call(() -> writing.run("commit"))
                .onFailure().invoke(this::rollBack)
                .subscribe().with(receiver::complete, receiver::fail);
    }

    private void rollBack() {
        try {
            writing.execute("rollback");
        } catch (SqlFailure rolledBack) {
            // a full disk, for one, has rolled back already; another failure shows at the next begin
        }
    }

    /** After the last write. Waits for the threads, since the lock of the file must outlive the connections. */
    @Override
    public void close() {
        writer.execute(writing::close);
        reader.execute(reading::close);
        writer.shutdown();
        reader.shutdown();
        try {
            if (!writer.awaitTermination(MAX_CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                    || !reader.awaitTermination(MAX_CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The disk of gateway.store.file does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
