package io.cardverification.verification;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * On which terms a caller waits.
 *
 * @param caller whoever shares a name shares one caller's part of the limit
 * @param maxWait how long the caller is willing to wait for the request to be sent, zero or more, bounded by configuration;
 *        null for as long as configuration allows
 */
public record Terms(Lane lane, String caller, @Nullable Duration maxWait) {
}
