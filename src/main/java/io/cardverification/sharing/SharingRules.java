package io.cardverification.sharing;

import java.time.Duration;

import io.quarkus.runtime.configuration.ConfigurationException;

/** What the settings must be for anything to start. */
final class SharingRules {

    private static final int LEAST_SECRET = 32;
    private static final int MOST_ENTRIES = 10_000_000;
    private static final Duration LONGEST_KEEP = Duration.ofDays(7);
    private static final Duration LONGEST_REUSE = Duration.ofDays(30);

    private SharingRules() {
    }

    /** @throws ConfigurationException naming the key and the rule that is broken */
    static void require(SharingConfig config) {
        require(config.secret().map(String::length).orElse(LEAST_SECRET) >= LEAST_SECRET,
                "secret must be at least 32 characters");
        var keys = config.idempotency();
        require(isWithin(keys.keep(), Duration.ofSeconds(1), LONGEST_KEEP), "idempotency.keep must be 1 s to 7 days");
        require(isCount(keys.most()), "idempotency.most must be 1 to 10000000");
        var reuse = config.reuse();
        require(isReuse(reuse.passed()), "reuse.passed must be zero to 30 days");
        require(isReuse(reuse.mismatch()), "reuse.mismatch must be zero to 30 days");
        require(isReuse(reuse.cardUnusable()), "reuse.card-unusable must be zero to 30 days");
        require(isReuse(reuse.inputRejected()), "reuse.input-rejected must be zero to 30 days");
        require(isCount(reuse.most()), "reuse.most must be 1 to 10000000");
    }

    private static boolean isReuse(Duration duration) {
        return isWithin(duration, Duration.ZERO, LONGEST_REUSE);
    }

    private static boolean isWithin(Duration duration, Duration least, Duration most) {
        return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
    }

    private static boolean isCount(int count) {
        return count >= 1 && count <= MOST_ENTRIES;
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new ConfigurationException("gateway.sharing." + message);
        }
    }
}
