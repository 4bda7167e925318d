package io.cardverification.upstream;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The latest outcome of each of the latest keys. Threads: not thread-safe; the lock of its owner guards it. */
final class LatestOutcomes<K> {

    private record Outcome(boolean failed, long atNanos) {
    }

    /** The number of keys by their latest outcome. */
    record Count(int answered, int failed) {

        boolean none() {
            return answered + failed == 0;
        }
    }

    private final Map<K, Outcome> latest = new LinkedHashMap<>();
    private final int maxKeys;
    private final long maxAgeNanos;

    LatestOutcomes(int maxKeys, Duration maxAge) {
        this.maxKeys = maxKeys;
        this.maxAgeNanos = maxAge.toNanos();
    }

    void record(K key, boolean failed, long nowNanos) {
        latest.remove(key);
        latest.put(key, new Outcome(failed, nowNanos));
        if (latest.size() > maxKeys) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    boolean hasFailed(K key, long nowNanos) {
        var outcome = latest.get(key);
        return outcome != null && outcome.failed() && nowNanos - outcome.atNanos() < maxAgeNanos;
    }

    /** Counts the other keys. */
    Count others(K key, long nowNanos) {
        var answered = 0;
        var failed = 0;
        for (var each : latest.entrySet()) {
            if (!each.getKey().equals(key) && nowNanos - each.getValue().atNanos() < maxAgeNanos) {
                answered += each.getValue().failed() ? 0 : 1;
                failed += each.getValue().failed() ? 1 : 0;
            }
        }
        return new Count(answered, failed);
    }

    void clear() {
        latest.clear();
    }
}
