package io.cardverification.pacing;

import java.time.Duration;

/** Settings for tests: those of production, but without a cold start and a predecessor. */
record TestPacingConfig(int limit, Duration window, Duration margin, Duration coldMargin, Duration maxWait, int batchPercent,
        Duration lockOut, boolean predecessor) implements PacingConfig {

    static final TestPacingConfig WARM = new TestPacingConfig(20, Duration.ofSeconds(1), Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofSeconds(20), 10, Duration.ofSeconds(5), false);

    TestPacingConfig limit(int limit) {
        return new TestPacingConfig(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    TestPacingConfig window(Duration window) {
        return new TestPacingConfig(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    TestPacingConfig margins(Duration margin, Duration coldMargin) {
        return new TestPacingConfig(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    TestPacingConfig batchPercent(int batchPercent) {
        return new TestPacingConfig(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    TestPacingConfig lockOut(Duration lockOut) {
        return new TestPacingConfig(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    TestPacingConfig withPredecessor() {
        return new TestPacingConfig(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, true);
    }
}
