package io.cardverification.pacing;

import java.time.Duration;

/** Settings for a test: the production ones, warm and without a predecessor, but for what it changes. */
record Settings(int limit, Duration window, Duration margin, Duration coldMargin, Duration maxWait, int batchPercent,
        Duration lockOut, boolean predecessor) implements PacingConfig {

    static final Settings WARM = new Settings(20, Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(20),
            Duration.ofSeconds(20), 10, Duration.ofSeconds(5), false);

    Settings limit(int limit) {
        return new Settings(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    Settings window(Duration window) {
        return new Settings(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    Settings margins(Duration margin, Duration coldMargin) {
        return new Settings(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    Settings batchPercent(int batchPercent) {
        return new Settings(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    Settings lockOut(Duration lockOut) {
        return new Settings(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, predecessor);
    }

    Settings withPredecessor() {
        return new Settings(limit, window, margin, coldMargin, maxWait, batchPercent, lockOut, true);
    }
}
