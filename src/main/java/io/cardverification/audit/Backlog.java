package io.cardverification.audit;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lines that are to be written in the order in which they came, where writing may wait for a disk or a terminal.
 *
 * <p>
 * No line is ever dropped: who finds it full writes what is in it first, and so waits.
 *
 * <p>
 * Threads: any adds; whoever holds its lock writes, and that is one at a time.
 */
final class Backlog {

    /** About what a second brings where the gateway is as busy as it has been measured. */
    private static final int MOST = 8_192;

    private final BlockingQueue<Runnable> lines = new ArrayBlockingQueue<>(MOST);
    private final AtomicBoolean due = new AtomicBoolean();
    private final Executor later;
    private volatile boolean closed;

    /** @param later where a thread may wait; it is asked once for all that is added until then */
    Backlog(Executor later) {
        this.later = later;
    }

    void add(Runnable line) {
        while (!lines.offer(line)) {
            write();
        }
        if (closed) {
            write();
        } else if (!due.getAndSet(true)) {
            later.execute(this::write);
        }
    }

    /** From here on, each line is written by whoever adds it. */
    void close() {
        closed = true;
        write();
    }

    /** All that there is. */
    synchronized void write() {
        due.set(false);
        for (var line = lines.poll(); line != null; line = lines.poll()) {
            line.run();
        }
    }
}
