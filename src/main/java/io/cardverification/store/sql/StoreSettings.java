package io.cardverification.store.sql;

import java.time.Duration;

/**
 * Settings of a store.
 *
 * @param process the id of this process, as in {@link io.cardverification.store.CallId}
 * @param keyTtl how long a key is known after its request ended
 * @param maxKeys the most keys
 * @param retryUnknown whether a request with an unknown charge may be sent again
 * @param patience how long a departure and a read may take
 * @param sendsWithoutStore whether a call without keys, whose caller has no daily limit, departs although it cannot be
 *        committed. Its record then waits in memory
 */
public record StoreSettings(long process, Duration keyTtl, int maxKeys, boolean retryUnknown, Duration patience,
        boolean sendsWithoutStore) {

    /** Sends nothing that is not committed. */
    public StoreSettings(long process, Duration keyTtl, int maxKeys, boolean retryUnknown, Duration patience) {
        this(process, keyTtl, maxKeys, retryUnknown, patience, false);
    }
}
