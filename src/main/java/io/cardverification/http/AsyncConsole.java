package io.cardverification.http;

import java.io.FileDescriptor;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;

/**
 * Passes log records to a console handler on a separate thread, so that a pipe without a reader blocks only that thread.
 *
 * <p>
 * If its queue is full, it discards records and counts them.
 *
 * <p>
 * Threads: any thread logs and never waits. After {@link #close} a logging thread waits at most two seconds, so that the
 * process writes its last lines.
 *
 * <p>
 * Rejected: {@code quarkus.log.console.async}, which discards without counting and loses its queue when the process ends.
 */
final class AsyncConsole extends ExtHandler {

    private static final int MAX_QUEUED = 2_048;
    private static final Duration MAX_CLOSE_WAIT = Duration.ofSeconds(2);

    private final ExtHandler console;
    private final LongAdder discarded;
    private final BlockingQueue<ExtLogRecord> records = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final ExtLogRecord end = new ExtLogRecord(Level.INFO, "", AsyncConsole.class.getName());
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean stuck;

    AsyncConsole(ExtHandler console, LongAdder discarded) {
        this.console = console;
        this.discarded = discarded;
        this.thread = daemon(this::run);
        thread.start();
    }

    /** A daemon, because a stuck write must not prevent the process from ending. */
    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "console");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    protected void doPublish(ExtLogRecord record) {
        if (!console.isLoggable(record)) {
            return;
        }
        if (console.isCallerCalculationRequired()) {
            record.copyAll();
        } else {
            record.disableCallerCalculation();
            record.copyMdc();
        }
        if (closed) {
            publishAfterClose(record);
        } else if (!records.offer(record)) {
            discarded.increment();
        }
    }

    private void run() {
        try {
            for (var record = records.take(); record != end; record = closed && records.isEmpty() ? end : records.take()) {
                publishNow(record);
            }
        } catch (InterruptedException e) {
            stuck = true; // no code interrupts it; if it happens, later records are discarded
        }
    }

    /**
     * The ledger may use the same stream. Both writers hold the monitor of the file descriptor, so that no line is within
     * another.
     */
    private void publishNow(ExtLogRecord record) {
        synchronized (FileDescriptor.out) {
            console.publish(record);
        }
    }

    private void publishAfterClose(ExtLogRecord record) {
        if (stuck) {
            discarded.increment();
            return;
        }
        var late = daemon(() -> publishNow(record));
        late.start();
        awaitEnd(late);
    }

    private void awaitEnd(Thread writing) {
        try {
            writing.join(MAX_CLOSE_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stuck = writing.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        records.offer(end); // if the queue is full, the thread is not idle and reads the flag itself
        awaitEnd(thread);
        super.close();
    }
}
