package io.cardverification.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small storm; src/site/markdown/benchmarks/storm.md has the large one. */
class ChaosIT {

    @TempDir
    Path folder;

    @Test
    void no_fault_causes_a_second_charge_or_a_lost_line() throws Exception {
        var figures = new Chaos(folder, Long.getLong("chaos.seed", 1), Integer.getInteger("chaos.questions", 480),
                Integer.getInteger("chaos.kills", 3)).run();
        System.out.println(figures.table());
        assertThat(figures.wrongs()).isEmpty();
        assertThat(figures.count("charged")).isPositive();
        assertThat(figures.count("told unknown")).isPositive();
        assertThat(figures.count("dropped by the caller")).isPositive();
        assertThat(figures.count("broken by a kill")).isPositive();
    }
}
