package io.cardverification.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The settings that can change while the sandbox runs. Threads: immutable except for the remaining numbers of its fault rules,
 * which belong to the sandbox's event loop.
 *
 * @param latencyMicros the median
 * @param latencyP99Micros the 99th percentile; below the median, each response takes the median
 * @param clockOffsetMicros offset of the sandbox's clock from this machine's; positive if it is ahead
 * @param dailyLimit 0 for none
 */
record SandboxSettings(int limit, Policer.LimitAlgorithm limitAlgorithm, long delayMicros, long jitterMicros,
        long latencyMicros,
        long latencyP99Micros, long clockOffsetMicros, int dailyLimit, List<FaultRule> faults) {

    private static final Set<String> NAMES = Set.of("limit", "limitAlgorithm", "delayMicros", "jitterMicros", "latencyMicros",
            "latencyP99Micros", "clockOffsetMicros", "dailyLimit", "faults");
    private static final long MAX_VALUE = 60_000_000;
    private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);

    /** Of the standard normal distribution. */
    private static final double QUANTILE_99 = 2.3263;

    /** @throws IllegalArgumentException with the violated rule as its message */
    SandboxSettings {
        require(limit, 1, MAX_VALUE, "limit must be 1 to 60000000");
        require(delayMicros, 0, MAX_VALUE, "delay must be 0 to 60 s");
        require(jitterMicros, 0, MAX_VALUE, "jitter must be 0 to 60 s");
        require(latencyMicros, 0, MAX_VALUE, "latency must be 0 to 60 s");
        require(latencyP99Micros, 0, MAX_VALUE, "latency-p99 must be 0 to 60 s");
        require(clockOffsetMicros, -DAY_MICROS, DAY_MICROS, "clock-offset must be -24 to 24 h");
        require(dailyLimit, 0, MAX_VALUE, "daily-limit must be 0 to 60000000");
        faults = List.copyOf(faults);
    }

    private static void require(long value, long min, long max, String rule) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(rule);
        }
    }

    static SandboxSettings of(SandboxConfig config) {
        return new SandboxSettings(config.limit(), config.limitAlgorithm(), micros(config.delay()), micros(config.jitter()),
                micros(config.latency()), micros(config.latencyP99()), micros(config.clockOffset()), config.dailyLimit(),
                config.faults().orElse(List.of()).stream().map(FaultRule::parse).toList());
    }

    /** Saturates instead of overflowing, so that the bounds check rejects the value. */
    private static long micros(Duration duration) {
        return TimeUnit.MICROSECONDS.convert(duration);
    }

    /** @throws IllegalArgumentException if a change violates its rule */
    SandboxSettings with(JsonObject changes) {
        if (!NAMES.containsAll(changes.fieldNames())) {
            throw new IllegalArgumentException("unknown setting; the settings are " + String.join(", ", json().fieldNames()));
        }
        return new SandboxSettings(clampedInt(changes, "limit", limit), algorithm(changes),
                wholeNumber(changes, "delayMicros", delayMicros),
                wholeNumber(changes, "jitterMicros", jitterMicros), wholeNumber(changes, "latencyMicros", latencyMicros),
                wholeNumber(changes, "latencyP99Micros", latencyP99Micros),
                wholeNumber(changes, "clockOffsetMicros", clockOffsetMicros), clampedInt(changes, "dailyLimit", dailyLimit),
                faults(changes));
    }

    /** Clamps to the range of int, so that the bounds check rejects the value. */
    private static int clampedInt(JsonObject changes, String name, int unchanged) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, wholeNumber(changes, name, unchanged)));
    }

    private static long wholeNumber(JsonObject changes, String name, long unchanged) {
        if (!changes.containsKey(name)) {
            return unchanged;
        }
        var value = changes.getValue(name);
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException(name + " must be a whole number");
    }

    private Policer.LimitAlgorithm algorithm(JsonObject changes) {
        if (!changes.containsKey("limitAlgorithm")) {
            return limitAlgorithm;
        }
        return Arrays.stream(Policer.LimitAlgorithm.values())
                .filter(each -> each.toString().equals(changes.getValue("limitAlgorithm"))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "limitAlgorithm must be sliding-window, fixed-window or token-bucket"));
    }

    private List<FaultRule> faults(JsonObject changes) {
        if (!changes.containsKey("faults")) {
            return faults;
        }
        if (changes.getValue("faults") instanceof JsonArray texts) {
            return texts.stream().map(String::valueOf).map(FaultRule::parse).toList();
        }
        throw new IllegalArgumentException("faults must be an array of strings");
    }

    JsonObject json() {
        return new JsonObject().put("limit", limit).put("limitAlgorithm", limitAlgorithm.toString())
                .put("delayMicros", delayMicros)
                .put("jitterMicros", jitterMicros).put("latencyMicros", latencyMicros)
                .put("latencyP99Micros", latencyP99Micros).put("clockOffsetMicros", clockOffsetMicros)
                .put("dailyLimit", dailyLimit)
                .put("faults", new JsonArray(faults.stream().map(FaultRule::toString).toList()));
    }

    /** Returns the time of the sandbox's clock. */
    Instant now(Clock clock) {
        return clock.instant().plus(clockOffsetMicros, ChronoUnit.MICROS);
    }

    /** Returns the fault for the next request, by the first rule that applies. */
    Optional<Fault> nextFault(RandomGenerator random) {
        return faults.stream().filter(rule -> rule.appliesTo(random)).findFirst().map(FaultRule::fault);
    }

    /** Returns the next request's network delay: the fixed delay and an exponentially distributed jitter. */
    long networkDelayNanos(RandomGenerator random) {
        var jitterNanos = jitterMicros == 0 ? 0 : Math.round(-Math.log(1 - random.nextDouble()) * jitterMicros * 1_000);
        return TimeUnit.MICROSECONDS.toNanos(delayMicros) + jitterNanos;
    }

    /** Returns the next response's processing time, lognormal as that of real services. */
    long latencyNanos(RandomGenerator random) {
        if (latencyP99Micros <= latencyMicros || latencyMicros == 0) {
            return TimeUnit.MICROSECONDS.toNanos(latencyMicros);
        }
        var sigma = Math.log((double) latencyP99Micros / latencyMicros) / QUANTILE_99;
        return Math.round(Math.exp(sigma * random.nextGaussian()) * latencyMicros * 1_000);
    }
}
