package io.cardverification.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationResult;

/** Steps of the wall clock do not change how long keys and answers are kept. */
class ClockStepsTest {

    private static final String CARD = "6226090210146748";

    private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final StubCalls calls = new StubCalls();
    private final VerificationPipeline verifier = TestPipeline.of(calls, new StubQuotas(), new StubLedger(), clock, clock,
            "cache.ttl.passed", "1h", "idempotency.max-entries", "4");

    private Answer verify(String card, @Nullable String key) {
        return TestPipeline.verify(verifier, card, "caller", false, key);
    }

    private void asked(String card, @Nullable String key, String result) {
        verify(card, key);
        calls.latest().end(new VerificationResult(ResultCode.of(result).orElseThrow(), result, "id"));
    }

    private void isKept(String card, @Nullable String key, Duration age) {
        assertThat(verify(card, key).result().metadata().reusedAfter()).contains(age);
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT2H", "-PT8H", "P1D", "-P200D", "P200D" })
    void keys_and_cached_answers_expire_on_time(Duration step) {
        asked(CARD, "key", "0");
        clock.set(step);
        clock.pass(Duration.ofHours(1).minusNanos(1));
        isKept(CARD, "key", Duration.ofHours(1).minusNanos(1));
        isKept(CARD, null, Duration.ofHours(1).minusNanos(1));
        clock.set(step.negated());
        clock.pass(Duration.ofNanos(1));
        verify(CARD, "key").assertPending();
    }

    @Test
    void a_key_from_before_a_clock_correction_still_expires() {
        clock.set(Duration.ofHours(8));
        asked(CARD, "early", "0");
        clock.set(Duration.ofHours(-8));
        for (var key : List.of("two", "three")) {
            verify(CARD, key);
        }
        clock.pass(Duration.ofHours(1));
        for (var key : List.of("four", "five", "six")) {
            verify(CARD, key).assertPending();
        }
        assertThat(calls.opened).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "P1D", "-P1D", "-P200D" })
    void result_18_is_cached_until_the_day_of_the_request_ends(Duration step) {
        asked(CARD, null, "-18");
        clock.set(step);
        clock.pass(Duration.ofHours(6).minusNanos(1));
        isKept(CARD, null, Duration.ofHours(6).minusNanos(1));
        clock.pass(Duration.ofNanos(1));
        verify(CARD, null).assertPending();
    }
}
