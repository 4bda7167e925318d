package io.cardverification.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.verification.Lane;

class RequestPreferencesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "u=0|INTERACTIVE", "u=3|INTERACTIVE", "u=4|BATCH", "u=7|BATCH", "i, u=5|BATCH",
            "u=5, i|BATCH", "u=1, u=6|BATCH", "u=6;x=1|BATCH", "u=05|BATCH", "u=6, u=2|INTERACTIVE", "u=5;q=\"a, u=1\"|BATCH",
            "u=5, x=(1 \"a\" :YQ==: ?0 @1 %\"a\");y|BATCH" })
    void urgency_zero_to_three_is_interactive_and_the_rest_is_batch(String header, Lane lane) {
        assertThat(RequestPreferences.lane(List.of(header))).contains(lane);
    }

    @ParameterizedTest
    @ValueSource(strings = { "u=8", "u=-1", "u=high", "i", "uu=5", "u=5, ???", "U=5", "u=5,,i", "u=6, u=9", "u=5,", "u",
            "u=5.0",
            "u=\"5\"", "u=(5)", "x=\"u=5\"", "u= 5", "u=5 u=6", "\tu=5", "u=1234567890123456" })
    void malformed_urgency_is_ignored(String header) {
        assertThat(RequestPreferences.lane(List.of(header))).isEmpty();
    }

    @Test
    void absent_headers_give_no_preferences() {
        assertThat(RequestPreferences.lane(List.of())).isEmpty();
        assertThat(RequestPreferences.maxWait(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "wait=5|5", "respond-async, wait=10|10", "wait = 7|7", "Wait=3|3", "wait=0|0",
            "wait=\"4\"|4", "wait=2, wait=9|2", "wait=6;foo=bar|6", "wait=\"\\5\"|5", "foo=\"a, wait=0\", wait=8|8",
            ", ,wait=4,|4",
            "foo; x=\"b;c\" ;; y , WAIT=1|1" })
    void maximum_wait_is_in_whole_seconds(String header, int seconds) {
        assertThat(RequestPreferences.maxWait(List.of(header))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = { "wait=-1", "wait=1.5", "wait=soon", "wait", "wait=", "waits=5", "wait=99999999999999999999",
            "foo=\"a, wait=0\"", "wait=5, foo=\"a", "wait=x, wait=5", "wait=5 6", "wait=5, @" })
    void malformed_wait_is_ignored(String header) {
        assertThat(RequestPreferences.maxWait(List.of(header))).isEmpty();
    }

    @Test
    void several_lines_of_one_header_are_combined() {
        assertThat(RequestPreferences.maxWait(List.of("respond-async", "wait=5"))).contains(Duration.ofSeconds(5));
        assertThat(RequestPreferences.lane(List.of("i", "u=6"))).contains(Lane.BATCH);
    }
}
