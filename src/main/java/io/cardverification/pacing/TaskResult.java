package io.cardverification.pacing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a turn ended for one of those who rode along, and how long it had waited for that.
 *
 * @param item null where there is a failure
 * @param failure the work's own, or {@link PermitDenied}; null where there is an item
 * @param waited from joining to the permit, or to giving up
 */
public record TaskResult<T>(@Nullable T item, @Nullable Throwable failure, Duration waited) {
}
