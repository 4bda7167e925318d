package io.cardverification.pacing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The end of one attempt of a task, and the next step of the pacer. An immutable value.
 *
 * <p>
 * Rejected: exceptions that mean "send again". They travel like failures, and each layer has to unwrap them.
 *
 * @param <T> the outcome of the task
 */
public sealed interface Attempt<T> {

    /** The outcome that the waiters receive if no further attempt follows. */
    T outcome();

    /** The task ends with this outcome. */
    record Done<T>(T outcome) implements Attempt<T> {
    }

    /**
     * The pacer makes another attempt, which needs a permit of its own.
     *
     * @param delay the pause before the task enters the queue again, zero or more; a waiter with less time left
     *        receives the outcome at once
     */
    record RetryAfter<T>(T outcome, Duration delay) implements Attempt<T> {
    }

    /**
     * The upstream's rate limit rejected the request: it was not processed and cost nothing. The pacer sends it again.
     *
     * @param errorCode the upstream's error code, for callers that the pacer denies later for the same reason
     */
    record RateLimited<T>(T outcome, @Nullable String errorCode) implements Attempt<T> {
    }
}
