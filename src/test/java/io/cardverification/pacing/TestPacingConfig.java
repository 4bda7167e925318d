package io.cardverification.pacing;

import java.time.Duration;
import java.util.OptionalInt;

/** Settings for tests: those of production, but without a startup margin and a saturated start. */
record TestPacingConfig(int limit, Duration window, Duration margin, Duration startupMargin, Duration maxWait, int batchPercent,
        Duration rejectionTimeout, boolean startSaturated) implements PacingConfig {

    static final TestPacingConfig WARM = new TestPacingConfig(20, Duration.ofSeconds(1), Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofSeconds(20), 10, Duration.ofSeconds(5), false);

    @Override
    public WithoutStore withoutStore() {
        return WithoutStore.REFUSE;
    }

    @Override
    public OptionalInt replicasAtMost() {
        return OptionalInt.empty();
    }

    TestPacingConfig limit(int limit) {
        return new TestPacingConfig(limit, window, margin, startupMargin, maxWait, batchPercent, rejectionTimeout,
                startSaturated);
    }

    TestPacingConfig window(Duration window) {
        return new TestPacingConfig(limit, window, margin, startupMargin, maxWait, batchPercent, rejectionTimeout,
                startSaturated);
    }

    TestPacingConfig margins(Duration margin, Duration startupMargin) {
        return new TestPacingConfig(limit, window, margin, startupMargin, maxWait, batchPercent, rejectionTimeout,
                startSaturated);
    }

    TestPacingConfig batchPercent(int batchPercent) {
        return new TestPacingConfig(limit, window, margin, startupMargin, maxWait, batchPercent, rejectionTimeout,
                startSaturated);
    }

    TestPacingConfig rejectionTimeout(Duration rejectionTimeout) {
        return new TestPacingConfig(limit, window, margin, startupMargin, maxWait, batchPercent, rejectionTimeout,
                startSaturated);
    }

    TestPacingConfig withPredecessor() {
        return new TestPacingConfig(limit, window, margin, startupMargin, maxWait, batchPercent, rejectionTimeout, true);
    }
}
