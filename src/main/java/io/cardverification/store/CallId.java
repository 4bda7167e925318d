package io.cardverification.store;

/**
 * Identifies a call in the store.
 *
 * @param process random, drawn when the process starts
 * @param number of the call within its process
 */
public record CallId(long process, long number) {
}
