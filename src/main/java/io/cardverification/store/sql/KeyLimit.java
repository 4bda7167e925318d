package io.cardverification.store.sql;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The number of stored keys and its maximum. Other processes add keys, too, so it is read anew now and then. Threads: any.
 *
 * <p>
 * Rejected: counting the rows for each new key, which takes seconds at millions of keys.
 */
final class KeyLimit {

    private final long maxKeys;
    private final AtomicLong keys = new AtomicLong();

    KeyLimit(long maxKeys) {
        this.maxKeys = maxKeys;
    }

    /** @param more keys that are not counted yet */
    boolean isReached(int more) {
        return keys.get() + more >= maxKeys;
    }

    void add(int count) {
        keys.addAndGet(count);
    }

    void set(long count) {
        keys.set(count);
    }
}
