package io.cardverification.pacing;

import java.time.Duration;

/**
 * What a waiter that joins now would find. An immutable value.
 *
 * @param free the permits that are available at once
 * @param nextWait the wait behind all current waiters; zero if a permit is free
 */
public record Availability(int free, Duration nextWait) {
}
