package io.cardverification.store;

/**
 * Identifies a call in the store.
 *
 * @param process its start in milliseconds since 1970 and random bits: larger for later starts, unless a clock is set back
 * @param number of the call within its process
 */
public record CallId(long process, long number) {
}
