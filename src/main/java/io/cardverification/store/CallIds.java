package io.cardverification.store;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers the calls of this process. Threads: any. */
public final class CallIds {

    private final long process;
    private final AtomicLong number = new AtomicLong();

    /** @param process as in {@link CallId}; its random bits make it unique */
    public CallIds(long process) {
        this.process = process;
    }

    public long process() {
        return process;
    }

    public CallId next() {
        return new CallId(process, number.incrementAndGet());
    }
}
