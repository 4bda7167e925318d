package io.cardverification.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.json.JsonObject;

class SandboxSettingsTest {

    private static final int DRAWS = 100_000;

    private final Random random = new Random(1);
    private final SandboxSettings plain = new SandboxSettings(20, Policer.LimitAlgorithm.SLIDING_WINDOW, 0, 0, 0, 0, 0, 0,
            List.of());

    private long befallen(String rule) {
        var rules = plain.with(new JsonObject().put("faults", List.of(rule)));
        return IntStream.range(0, DRAWS).filter(i -> rules.nextFault(random).isPresent()).count();
    }

    @Test
    void fault_rule_applies_to_its_share_or_number() {
        assertThat(befallen("5% never-answer")).isBetween(4_700L, 5_300L);
        assertThat(befallen("0.5% http-500")).isBetween(400L, 600L);
        assertThat(befallen("3x truncate")).isEqualTo(3);
        assertThat(befallen("slow-bytes")).isEqualTo(DRAWS);
        assertThat(befallen("0% slow-bytes")).isZero();
    }

    @Test
    void fault_rule_shows_its_remaining_number() {
        var rules = plain.with(new JsonObject("{\"faults\":[\"3x http-429\"]}"));
        rules.nextFault(random);
        assertThat(rules.json().getJsonArray("faults")).containsExactly("2x http-429");
    }

    @Test
    void first_applicable_rule_wins() {
        var rules = plain.with(new JsonObject("{\"faults\":[\"1x http-429\",\"1x error InternalError\"]}"));
        assertThat(List.of(rules.nextFault(random), rules.nextFault(random), rules.nextFault(random)).toString())
                .isEqualTo("[Optional[http-429], Optional[error InternalError], Optional.empty]");
    }

    @Test
    void same_seed_gives_same_values() {
        var faults = List.of("30% never-answer", "30% http-502");
        var first = IntStream.range(0, 100).mapToObj(i -> drawn(faults, 7, i)).toList();
        assertThat(IntStream.range(0, 100).mapToObj(i -> drawn(faults, 7, i)).toList()).isEqualTo(first);
    }

    private Optional<Fault> drawn(List<String> faults, long seed, int skip) {
        var seeded = new Random(seed);
        seeded.ints(skip).forEach(number -> {
        });
        return plain.with(new JsonObject().put("faults", faults)).nextFault(seeded);
    }

    @Test
    void latency_has_the_configured_median_and_p99() {
        var rules = plain.with(new JsonObject("{\"latencyMicros\":40000,\"latencyP99Micros\":400000}"));
        var sorted = LongStream.generate(() -> rules.latencyNanos(random)).limit(DRAWS).sorted().toArray();
        assertThat(sorted[DRAWS / 2]).isBetween(39_000_000L, 41_000_000L);
        assertThat(sorted[DRAWS / 100 * 99]).isBetween(380_000_000L, 420_000_000L);
        assertThat(plain.with(new JsonObject("{\"latencyMicros\":40000}")).latencyNanos(random)).isEqualTo(40_000_000);
    }

    @Test
    void jitter_adds_its_mean() {
        var rules = plain.with(new JsonObject("{\"delayMicros\":20000,\"jitterMicros\":3000}"));
        assertThat(LongStream.generate(() -> rules.networkDelayNanos(random)).limit(DRAWS).average().orElseThrow())
                .isBetween(22_900_000d, 23_100_000d);
    }

    @Test
    void clock_offset_may_be_a_day_ahead_or_behind() {
        var noon = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
        assertThat(plain.now(noon)).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(plain.with(new JsonObject("{\"clockOffsetMicros\":86400000000}")).now(noon))
                .isEqualTo("2026-11-25T12:00:00Z");
        assertThat(plain.with(new JsonObject("{\"clockOffsetMicros\":-1500000}")).now(noon))
                .isEqualTo("2026-11-24T11:59:58.500Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "clockOffsetMicros | 86400000001 | clock-offset must be -24 to 24 h",
            "clockOffsetMicros | -86400000001 | clock-offset must be -24 to 24 h",
            "jitterMicros | 99999999999 | jitter must be 0 to 60 s", "limit | 4294967297 | limit must be 1 to 60000000",
            "dailyLimit | -4294967295 | daily-limit must be 0 to 60000000" })
    void value_out_of_bounds_is_rejected_with_its_bounds(String name, long value, String rule) {
        var changes = new JsonObject().put(name, value);
        assertThatThrownBy(() -> plain.with(changes)).isInstanceOf(IllegalArgumentException.class).hasMessage(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = { "nonsense", "", "error", "error Nonsense", "http-500 InternalError", "101% http-500",
            "-1% http-500",
            "x http-500", "5 http-500", "http-503", "RESET_AFTER_BODY" })
    void invalid_fault_is_rejected_with_the_syntax(String rule) {
        assertThatThrownBy(() -> FaultRule.parse(rule)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("faults: ");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "ERROR")
    void every_fault_is_formatted_as_parsed(Fault.Kind kind) {
        assertThat(FaultRule.parse("5% " + kind).fault()).isEqualTo(new Fault(kind, null));
        assertThat(FaultRule.parse(" 5% " + kind)).hasToString("5% " + kind);
    }

    @Test
    void daily_limit_counts_each_value_in_a_day_of_china() {
        var now = new Instant[] { Instant.parse("2026-11-24T15:59:59Z") };
        var limit = new DailyLimit(new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        }, new byte[] { 1 });
        assertThat(limit.isExceeded(2, "Wei", "1", "a")).isFalse();
        assertThat(limit.isExceeded(2, "Wei", "2", "b")).isFalse();
        assertThat(limit.isExceeded(2, "Wei", "3", "c")).isTrue();
        assertThat(limit.isExceeded(2, "Li", "3", "c")).isFalse(); // a rejected verification does not count
        assertThat(limit.isExceeded(2, "Li", "3", "d")).isFalse();
        assertThat(limit.isExceeded(2, "Hu", "3", "e")).isTrue();
        assertThat(limit.isExceeded(0, "Wei", "3", "e")).isFalse();
        now[0] = Instant.parse("2026-11-24T16:00:00Z");
        assertThat(limit.isExceeded(2, "Wei", "3", "c")).isFalse();
    }
}
