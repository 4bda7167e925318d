package io.cardverification.pacing;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A timer in real time, on its own thread. */
final class RealTimeScheduler implements DelayScheduler, AutoCloseable {

    /** Runs a task later, on another thread. */
    static final Executor LATER = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "later");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

    @Override
    public void schedule(long delayNanos, Runnable task) {
        var unused = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
