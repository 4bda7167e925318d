package io.cardverification.upstream;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How each of the latest keys ended last: answered or failed. Threads: none of its own; the owner's lock guards it. */
final class LatestOutcomes<K> {

    private record Outcome(boolean failed, long atNanos) {
    }

    /** Of how many keys the latest outcome is of which kind. */
    record Count(int answered, int failed) {

        boolean none() {
            return answered + failed == 0;
        }
    }

    private final Map<K, Outcome> latest = new LinkedHashMap<>();
    private final int most;
    private final long lapseNanos;

    /**
     * @param most of how many keys it is known
     * @param lapse for how long it is known
     */
    LatestOutcomes(int most, Duration lapse) {
        this.most = most;
        this.lapseNanos = lapse.toNanos();
    }

    void note(K key, boolean failed, long nowNanos) {
        latest.remove(key);
        latest.put(key, new Outcome(failed, nowNanos));
        if (latest.size() > most) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    boolean hasFailed(K key, long nowNanos) {
        var outcome = latest.get(key);
        return outcome != null && outcome.failed() && nowNanos - outcome.atNanos() < lapseNanos;
    }

    Count others(K key, long nowNanos) {
        var answered = 0;
        var failed = 0;
        for (var each : latest.entrySet()) {
            if (!each.getKey().equals(key) && nowNanos - each.getValue().atNanos() < lapseNanos) {
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
