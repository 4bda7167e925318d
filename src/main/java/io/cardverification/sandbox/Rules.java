package io.cardverification.sandbox;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.vertx.core.json.JsonObject;

/** What can be changed while the sandbox runs. Threads: the sandbox's event loop. */
final class Rules {

    private static final Set<String> NAMES = Set.of("limit", "delayMicros", "jitterMicros", "latencyMicros");
    private static final int MOST_MICROS = 60_000_000;

    private final Policer policer;
    private final RandomGenerator random;
    private long delayMicros;
    private long jitterMicros;
    private long latencyMicros;

    Rules(SandboxConfig config, Policer policer, RandomGenerator random) {
        this.policer = policer;
        this.random = random;
        this.delayMicros = micros(config.delay());
        this.jitterMicros = micros(config.jitter());
        this.latencyMicros = micros(config.latency());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /** @throws IllegalArgumentException where anything in it breaks its rule; then nothing is changed */
    void change(JsonObject changes) {
        if (!NAMES.containsAll(changes.fieldNames())) {
            throw new IllegalArgumentException("unknown rule");
        }
        var limit = whole(changes, "limit", policer.limit(), 1);
        var delay = whole(changes, "delayMicros", delayMicros, 0);
        var jitter = whole(changes, "jitterMicros", jitterMicros, 0);
        var latency = whole(changes, "latencyMicros", latencyMicros, 0);
        policer.limit((int) limit);
        delayMicros = delay;
        jitterMicros = jitter;
        latencyMicros = latency;
    }

    private static long whole(JsonObject changes, String name, long unchanged, int least) {
        if (!changes.containsKey(name)) {
            return unchanged;
        }
        if (changes.getValue(name) instanceof Integer value && value >= least && value <= MOST_MICROS) {
            return value;
        }
        throw new IllegalArgumentException(name);
    }

    JsonObject json() {
        return new JsonObject().put("limit", policer.limit()).put("delayMicros", delayMicros)
                .put("jitterMicros", jitterMicros).put("latencyMicros", latencyMicros);
    }

    /** How long the next request is under way: the delay and, at random, more. */
    long travelNanos() {
        var more = jitterMicros == 0 ? 0 : Math.round(-Math.log(1 - random.nextDouble()) * jitterMicros * 1_000);
        return TimeUnit.MICROSECONDS.toNanos(delayMicros) + more;
    }

    long latencyNanos() {
        return TimeUnit.MICROSECONDS.toNanos(latencyMicros);
    }
}
