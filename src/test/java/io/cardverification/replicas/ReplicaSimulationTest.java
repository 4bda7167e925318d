package io.cardverification.replicas;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.cardverification.testing.Scale;

/**
 * Ten million random events of two to seven replicas, at {@link Scale}, against the invariants: at most N departures in any
 * window over all replicas, no task served twice, and the full rate again after the time that the protocol names.
 *
 * <p>
 * A failure names its seed; {@code -Dreplicas.seed=} runs that seed alone.
 */
class ReplicaSimulationTest {

    private static final int SEEDS = Scale.of(100);
    private static final int STEPS = 100_000;
    private static final int PLANTED_SEEDS = 1_000;

    private static void run(long seed, PlantedFault fault) {
        new Chaos(new ReplicaSimulation(seed, 2 + (int) (seed % 6), Duration.ofMillis(20), fault)).run(STEPS);
    }

    @Test
    void keeps_the_invariants_under_random_faults() {
        var replayed = Long.getLong("replicas.seed");
        if (replayed != null) {
            run(replayed, PlantedFault.NONE);
            return;
        }
        for (var seed = 1L; seed <= SEEDS; seed++) {
            run(seed, PlantedFault.NONE);
        }
    }

    /** Shows that the checks find a defect: with each one, some seed fails. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void finds_every_planted_fault(PlantedFault fault) {
        assertThatThrownBy(() -> {
            for (var seed = 1L; seed <= PLANTED_SEEDS; seed++) {
                run(seed, fault);
            }
        }).isInstanceOf(AssertionError.class).hasMessageContaining(
                fault == PlantedFault.DEAD_REPLICAS_KEPT ? "sent after the faults" : "departures in a window");
    }
}
