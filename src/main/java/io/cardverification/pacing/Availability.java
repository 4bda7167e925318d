package io.cardverification.pacing;

import java.time.Duration;

/**
 * What somebody who comes now would find.
 *
 * @param free permits to be had at once
 * @param nextWait behind all who wait already; zero where there is a free permit
 */
public record Availability(int free, Duration nextWait) {
}
