package io.cardverification.http;

/**
 * The number of connections that a process can hold, and the bytes that they may hold in buffers. Pure arithmetic;
 * {@code package-info} gives the reasons.
 *
 * @param connections the maximum
 * @param reserved the part of it that unauthenticated connections cannot use
 * @param bufferBytes the maximum for all unfinished requests and unread responses together
 */
record ConnectionCapacity(int connections, int reserved, long bufferBytes) {

    /**
     * Heap per connection; connections may use half of the heap. An idle one was measured at 2.6 KB; the rest is an
     * allowance.
     */
    static final int PLAIN_BYTES = 6 * 1024;
    /** The same with TLS (engine, keys and buffers): an estimate. */
    static final int TLS_BYTES = 24 * 1024;
    /** Open files that are not connections of callers: jars, logs, upstream connections. */
    static final int OTHER_FILES = 500;

    /** @param configured the maximum that the operator configured */
    static ConnectionCapacity of(int configured, long openFiles, long heapBytes, boolean tls, int bufferPercent) {
        var byFiles = Math.max(openFiles / 2, openFiles - OTHER_FILES);
        var byHeap = heapBytes / 2 / (tls ? TLS_BYTES : PLAIN_BYTES);
        var connections = (int) Math.max(1, Math.min(configured, Math.min(byFiles, byHeap)));
        return new ConnectionCapacity(connections, Math.max(1, connections / 10), heapBytes / 100 * bufferPercent);
    }
}
