package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.pacing.TestPermits;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;

/** Which failures count for the circuit breaker, by who else is answered. */
class FailureAttributionTest {

    private final VerificationFailure silent = VerificationFailure.silent();
    private final VerificationFailure unknown = VerificationFailure.refused(Reason.UPSTREAM_FAILED,
            "FailedOperation.UnKnown", "id", null);

    private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // wraps in mid-test, as it may
    private final FailureAttribution attribution = new FailureAttribution(nowNanos::get);
    private final AtomicInteger questions = new AtomicInteger();

    private static PacedQuestion asked(String caller, int question) {
        return new PacedQuestion(new WireQuestion("id", "name", "card", null, null), TestPermits.held(), caller, question,
                SingleSendTest.attempts());
    }

    private boolean counts(VerificationFailure failure, String caller, int question) {
        return attribution.counted(failure, asked(caller, question)) instanceof Ill;
    }

    private boolean counts(VerificationFailure failure, String caller) {
        return counts(failure, caller, questions.incrementAndGet());
    }

    private void answered(String caller) {
        attribution.answered(asked(caller, questions.incrementAndGet()));
    }

    private void pass(Duration duration) {
        nowNanos.addAndGet(duration.toNanos());
    }

    @Test
    void every_silence_counts_where_one_caller_asks_alone() {
        answered("alone");
        for (var i = 0; i < 20; i++) {
            assertThat(counts(silent, "alone")).isTrue();
        }
    }

    @Test
    void an_error_code_does_not_count_where_one_caller_asks_alone() {
        for (var i = 0; i < 100; i++) {
            assertThat(counts(unknown, "alone")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 60 })
    void one_callers_failures_do_not_count_while_others_are_answered(int others) {
        for (var i = 0; i < 200; i++) {
            answered("other " + i % others);
            assertThat(counts(silent, "one")).isFalse();
            assertThat(counts(unknown, "one")).isFalse();
        }
    }

    @Test
    void what_most_callers_meet_counts_for_each_even_an_error_code() {
        answered("a");
        answered("b");
        assertThat(counts(unknown, "a")).isFalse();
        assertThat(counts(unknown, "b")).isTrue();
        assertThat(counts(unknown, "a")).isTrue();
        assertThat(counts(silent, "c")).isTrue();
    }

    @Test
    void one_question_does_not_count_again_while_others_are_answered() {
        assertThat(counts(silent, "alone", -1)).isTrue();
        answered("alone");
        for (var i = 0; i < 100; i++) {
            assertThat(counts(silent, "alone", -1)).isFalse();
        }
    }

    @Test
    void one_question_counts_again_while_most_others_fail() {
        answered("alone");
        for (var question = 100; question < 103; question++) {
            counts(silent, "alone", question);
        }
        for (var question = 100; question < 103; question++) {
            assertThat(counts(silent, "alone", question)).isTrue();
        }
    }

    @Test
    void one_question_counts_again_where_nothing_else_is_asked() {
        attribution.answered(asked("alone", -1));
        assertThat(counts(silent, "alone", -1)).isTrue();
        assertThat(counts(silent, "alone", -1)).isTrue();
    }

    @Test
    void who_was_answered_half_a_minute_ago_says_nothing_any_more() {
        answered("other");
        pass(Duration.ofSeconds(30).minusNanos(1));
        assertThat(counts(silent, "one")).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(counts(silent, "one")).isTrue();
    }

    @Test
    void after_it_opened_all_is_forgotten() {
        answered("other");
        attribution.forget();
        assertThat(counts(silent, "one")).isTrue();
    }

    @Test
    void callers_mistakes_and_the_limit_never_count() {
        for (var reason : new Reason[] { Reason.INPUT_REFUSED, Reason.CREDENTIALS_REFUSED, Reason.LIMIT_EXCEEDED }) {
            assertThat(counts(VerificationFailure.refused(reason, "x", "id", null), "alone")).isFalse();
        }
    }

    @Test
    void strangers_without_number_are_not_all_remembered() {
        var outcomes = new LatestOutcomes<Integer>(3, Duration.ofSeconds(30));
        for (var key = 0; key < 1_000; key++) {
            outcomes.note(key, true, 0);
        }
        assertThat(outcomes.others(-1, 0)).isEqualTo(new LatestOutcomes.Count(0, 3));
    }
}
