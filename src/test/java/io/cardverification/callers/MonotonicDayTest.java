package io.cardverification.callers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

/** Days of a wall clock that is set forward and back. */
class MonotonicDayTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final MonotonicDay day = new MonotonicDay();
    /** An hour before midnight in China. */
    private Instant now = Instant.parse("2026-11-24T15:00:00Z");
    /** The clock may overflow. */
    private long nanos = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

    private void pass(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    private void set(Duration step) {
        now = now.plus(step);
    }

    private boolean advances() {
        return day.advance(now, nanos);
    }

    /** The day ends after exactly this wait. */
    private void advancesAfter(Duration wait) {
        assertThat(advances()).isFalse();
        assertThat(day.untilNext(now, nanos)).isEqualTo(wait);
        pass(wait.minusNanos(1));
        assertThat(advances()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(advances()).isTrue();
    }

    @Test
    void day_ends_at_midnight_in_china() {
        assertThat(advances()).isTrue();
        advancesAfter(Duration.ofHours(1));
        advancesAfter(DAY);
    }

    @Test
    void clock_forward_and_back_begins_one_day_early_and_none_twice() {
        advances();
        set(DAY);
        assertThat(advances()).isTrue();
        for (var i = 0; i < 3; i++) {
            set(DAY.negated());
            assertThat(advances()).isFalse();
            set(DAY);
            assertThat(advances()).isFalse();
        }
        set(DAY.negated());
        advancesAfter(DAY.plusHours(1));
    }

    @Test
    void clock_far_ahead_when_corrected_begins_a_day_after_24_hours() {
        set(Duration.ofDays(200));
        advances();
        set(Duration.ofDays(-200));
        pass(Duration.ofHours(3));
        advancesAfter(Duration.ofHours(21));
        advancesAfter(Duration.ofHours(1));
        advancesAfter(DAY);
    }

    @Test
    void clock_hours_ahead_begins_the_day_after_the_one_it_saw() {
        set(Duration.ofHours(8));
        advances();
        set(Duration.ofHours(-8));
        advancesAfter(DAY.plusHours(1));
    }

    @Test
    void clock_behind_begins_the_day_when_it_is_corrected() {
        set(Duration.ofDays(-20_000));
        advances();
        set(Duration.ofDays(20_000));
        assertThat(advances()).isTrue();
        advancesAfter(Duration.ofHours(1));
    }

    @Test
    void wait_is_not_negative_after_a_day_without_requests() {
        set(Duration.ofHours(1));
        advances();
        set(DAY.plusMinutes(30).negated());
        pass(Duration.ofHours(25));
        advancesAfter(Duration.ofHours(23).plusMinutes(30));
    }

    @Test
    void clock_step_back_over_midnight_begins_no_day_twice() {
        advances();
        advancesAfter(Duration.ofHours(1));
        set(Duration.ofSeconds(-1));
        advancesAfter(DAY.plusSeconds(1));
    }
}
