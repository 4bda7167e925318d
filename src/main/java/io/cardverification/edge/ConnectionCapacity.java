package io.cardverification.edge;

/**
 * How many connections a process can hold, and how much they may hold in buffers. Pure arithmetic; {@code package-info} has it
 * in words.
 *
 * @param connections at most
 * @param reserved of these, those that connections without a valid key cannot take
 * @param bufferBytes what unfinished requests and unread answers may hold in all
 */
record ConnectionCapacity(int connections, int reserved, long bufferBytes) {

    /** Of the heap, of which connections may take half. An idle one was measured at 2.6 KB; the rest is an allowance. */
    static final int PLAIN_BYTES = 6 * 1024;
    /** The same with the engine, the keys and the buffers of TLS: an estimate. */
    static final int TLS_BYTES = 24 * 1024;
    /** Files that are no callers' connections: jars, logs, the way to the upstream. */
    static final int OTHER_FILES = 500;

    /** @param configured the ceiling */
    static ConnectionCapacity of(int configured, long openFiles, long heapBytes, boolean tls, int bufferPercent) {
        var byFiles = Math.max(openFiles / 2, openFiles - OTHER_FILES);
        var byHeap = heapBytes / 2 / (tls ? TLS_BYTES : PLAIN_BYTES);
        var connections = (int) Math.max(1, Math.min(configured, Math.min(byFiles, byHeap)));
        return new ConnectionCapacity(connections, Math.max(1, connections / 10), heapBytes / 100 * bufferPercent);
    }
}
