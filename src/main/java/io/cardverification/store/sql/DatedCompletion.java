package io.cardverification.store.sql;

import java.time.Duration;

import io.cardverification.verification.Completion;

/**
 * A completion and when it arrived.
 *
 * @param atMillis of the wall clock, since other processes and later ones measure the age
 */
record DatedCompletion(Completion completion, long atMillis) {

    /** @param completion one that arrived now, or that was itself replayed */
    static DatedCompletion of(Completion completion, long nowMillis) {
        return new DatedCompletion(completion,
                nowMillis - completion.metadata().reusedAfter().map(Duration::toMillis).orElse(0L));
    }

    /** The completion for another request, with its age. */
    Completion replay(long nowMillis) {
        var age = Duration.ofMillis(Math.max(nowMillis - atMillis, 0)); // clocks of two machines differ
        return completion.with(completion.metadata().reused(age));
    }
}
