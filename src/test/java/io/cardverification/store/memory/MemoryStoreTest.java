package io.cardverification.store.memory;

import java.time.Duration;

import io.cardverification.store.Store;
import io.cardverification.store.StoreContract;

/** The contract, with the store of one process. */
class MemoryStoreTest extends StoreContract {

    private long nowNanos;
    private final MemoryStore store = new MemoryStore(MAX_KEYS, TTL, MAX_KEYS, () -> nowNanos);

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected void advance(Duration duration) {
        nowNanos += duration.toNanos();
    }
}
