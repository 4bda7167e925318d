package io.cardverification.config;

import java.time.Duration;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Checks that a setting is within its range. Both ends of a range are allowed values, except for the lower end of
 * {@link #requireAbove}. Each method throws a {@link ConfigurationException} with the key and the range, and without the value.
 */
public final class ConfigRange {

    private ConfigRange() {
    }

    public static void require(String key, long value, long min, long max) {
        require(value >= min && value <= max, key, min + " to " + max);
    }

    public static void require(String key, Duration value, Duration min, Duration max) {
        require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, key, text(min) + " to " + text(max));
    }

    public static void requireAtLeast(String key, long value, long min) {
        require(value >= min, key, "at least " + min);
    }

    public static void requireAtMost(String key, long value, long max) {
        require(value <= max, key, "at most " + max);
    }

    public static void requireAtMost(String key, Duration value, Duration max) {
        require(value.compareTo(max) <= 0, key, "at most " + text(max));
    }

    public static void requireZeroOrMore(String key, long value) {
        require(value >= 0, key, "zero or more");
    }

    /** The value must be longer than zero. */
    public static void requireAbove(String key, Duration value, Duration max) {
        requireAbove(key, value, Duration.ZERO, text(Duration.ZERO), max);
    }

    /** @param boundText the bound in words, such as the keys that it consists of */
    public static void requireAbove(String key, Duration value, Duration bound, String boundText, Duration max) {
        require(value.compareTo(bound) > 0 && value.compareTo(max) <= 0, key, "above " + boundText + ", to " + text(max));
    }

    private static void require(boolean rule, String key, String range) {
        if (!rule) {
            throw new ConfigurationException(key + " must be " + range);
        }
    }

    /** Uses the largest unit of which the duration is a whole number. */
    private static String text(Duration duration) {
        if (duration.isZero()) {
            return "zero";
        }
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + " ms";
        }
        if (duration.toSecondsPart() != 0) {
            return duration.toSeconds() + " s";
        }
        if (duration.toMinutesPart() != 0) {
            return text(duration.toMinutes(), "a minute", "minutes");
        }
        return duration.toHoursPart() != 0 ? text(duration.toHours(), "an hour", "hours")
                : text(duration.toDays(), "a day", "days");
    }

    private static String text(long count, String one, String many) {
        return count == 1 ? one : count + " " + many;
    }
}
