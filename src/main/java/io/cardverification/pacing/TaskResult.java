package io.cardverification.pacing;

import java.time.Duration;

/**
 * What one waiter receives. An immutable value.
 *
 * @param <T> the outcome of the task
 */
public sealed interface TaskResult<T> {

    /** The time from joining to the permit, or to the end of the wait. */
    Duration waited();

    /** The task ended, and all of its waiters receive the same outcome. */
    record Completed<T>(T outcome, Duration waited) implements TaskResult<T> {
    }

    /** The waiter received no permit, and the pacer sent nothing for it. */
    record Denied<T>(PermitDenied denial, Duration waited) implements TaskResult<T> {
    }
}
