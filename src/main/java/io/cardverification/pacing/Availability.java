package io.cardverification.pacing;

import java.time.Duration;

/**
 * The free permits and the wait for a waiter that joins now. An immutable value.
 *
 * @param free the permits that are available at once
 * @param nextWait the wait behind all current waiters; zero if a permit is free
 */
public record Availability(int free, Duration nextWait) {
}
