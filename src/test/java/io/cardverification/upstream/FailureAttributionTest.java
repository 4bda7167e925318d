package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.pacing.TestPermits;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;

/** Whether a failure counts for the circuit breaker depends on the answers of others. */
class FailureAttributionTest {

    private static final VerificationResult PASSED = new VerificationResult(ResultCode.AUTHENTICATED, "passed", "id");

    private final VerificationFailure silent = VerificationFailure.of(Reason.UPSTREAM_TIMEOUT);
    private final VerificationFailure unknown = VerificationFailure.byUpstream(Reason.UPSTREAM_FAILED,
            "FailedOperation.UnKnown", "id");

    private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // wraps in mid-test, as it may
    private final FailureAttribution attribution = new FailureAttribution(nowNanos::get);
    private final AtomicInteger questions = new AtomicInteger();

    private static PermittedRequest asked(String caller, int question) {
        return new PermittedRequest(new UpstreamRequest("id", "name", "card", null, null), TestPermits.held(), caller, question,
                CircuitBreakingClientTest.retryState());
    }

    private boolean counts(VerificationFailure failure, String caller, int question) {
        return attribution.record(failure, asked(caller, question));
    }

    private boolean counts(VerificationFailure failure, String caller) {
        return counts(failure, caller, questions.incrementAndGet());
    }

    private void answered(String caller) {
        attribution.record(PASSED, asked(caller, questions.incrementAndGet()));
    }

    private void pass(Duration duration) {
        nowNanos.addAndGet(duration.toNanos());
    }

    @Test
    void every_timeout_of_a_single_caller_counts() {
        answered("alone");
        for (var i = 0; i < 20; i++) {
            assertThat(counts(silent, "alone")).isTrue();
        }
    }

    @Test
    void an_error_code_of_a_single_caller_does_not_count() {
        for (var i = 0; i < 100; i++) {
            assertThat(counts(unknown, "alone")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 60 })
    void failures_of_one_caller_do_not_count_beside_answers(int others) {
        for (var i = 0; i < 200; i++) {
            answered("other " + i % others);
            assertThat(counts(silent, "one")).isFalse();
            assertThat(counts(unknown, "one")).isFalse();
        }
    }

    @Test
    void an_error_code_of_most_callers_counts() {
        answered("a");
        answered("b");
        assertThat(counts(unknown, "a")).isFalse();
        assertThat(counts(unknown, "b")).isTrue();
        assertThat(counts(unknown, "a")).isTrue();
        assertThat(counts(silent, "c")).isTrue();
    }

    @Test
    void a_repeated_failure_does_not_count_beside_answers() {
        assertThat(counts(silent, "alone", -1)).isTrue();
        answered("alone");
        for (var i = 0; i < 100; i++) {
            assertThat(counts(silent, "alone", -1)).isFalse();
        }
    }

    @Test
    void a_repeated_failure_counts_if_most_others_fail() {
        answered("alone");
        for (var question = 100; question < 103; question++) {
            counts(silent, "alone", question);
        }
        for (var question = 100; question < 103; question++) {
            assertThat(counts(silent, "alone", question)).isTrue();
        }
    }

    @Test
    void a_repeated_failure_counts_without_other_calls() {
        attribution.record(PASSED, asked("alone", -1));
        assertThat(counts(silent, "alone", -1)).isTrue();
        assertThat(counts(silent, "alone", -1)).isTrue();
    }

    @Test
    void answers_older_than_half_a_minute_do_not_count() {
        answered("other");
        pass(Duration.ofSeconds(30).minusNanos(1));
        assertThat(counts(silent, "one")).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(counts(silent, "one")).isTrue();
    }

    @Test
    void clear_forgets_all_outcomes() {
        answered("other");
        attribution.clear();
        assertThat(counts(silent, "one")).isTrue();
    }

    @Test
    void callers_mistakes_and_the_limit_never_count() {
        for (var reason : new Reason[] { Reason.INPUT_REFUSED, Reason.CREDENTIALS_REFUSED, Reason.LIMIT_EXCEEDED }) {
            assertThat(counts(VerificationFailure.byUpstream(reason, "x", "id"), "alone")).isFalse();
        }
    }

    @Test
    void the_number_of_remembered_keys_is_bounded() {
        var outcomes = new LatestOutcomes<Integer>(3, Duration.ofSeconds(30));
        for (var key = 0; key < 1_000; key++) {
            outcomes.record(key, true, 0);
        }
        assertThat(outcomes.others(-1, 0)).isEqualTo(new LatestOutcomes.Count(0, 3));
    }
}
