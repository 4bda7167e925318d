package io.cardverification.store.sql;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

/** Runs short tasks later. A task that throws is logged, since it is a defect. Threads: any; tasks run on the executor's. */
public final class StoreTimer {

    private static final Logger LOG = Logger.getLogger(StoreTimer.class);

    private final ScheduledExecutorService executor;

    public StoreTimer(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    ScheduledExecutorService executor() {
        return executor;
    }

    public void after(Duration delay, Runnable task) {
        var unused = executor.schedule(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A task of the store failed", e);
            }
        }, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
