package io.cardverification.pacing;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.Scale;

/**
 * Two million random events, at {@link Scale}, against the invariants of {@link PacerModel}: at most N departures in a
 * window, no permit lost, none used twice, no waiter served after it left, none forgotten. A failure names its seed.
 */
class PacerModelTest {

    private static final int SEEDS = Scale.of(200);
    private static final int STEPS = 10_000;

    @Test
    void keeps_its_invariants_under_random_events() {
        for (var seed = 1; seed <= SEEDS; seed++) {
            new PacerModel(seed).run(STEPS);
        }
    }
}
