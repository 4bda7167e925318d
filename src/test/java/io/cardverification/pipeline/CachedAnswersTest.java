package io.cardverification.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cardverification.verification.ResultCode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Cached answers, and the settings of the pipeline. */
class CachedAnswersTest extends AnswersFixture {

    @Test
    void no_answer_is_cached_by_default() {
        for (var code : List.of("0", "-1", "-6", "-2", "-17")) {
            verify("6226090210146748", null);
            calls.latest().end(result(code));
        }
        assertThat(calls.opened).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({ "passed,0", "mismatch,-1", "card-unusable,-6", "input-rejected,-2" })
    void an_answer_is_cached_for_the_ttl_of_its_category(String outcome, String code) {
        verifier = verifier("cache.ttl." + outcome, "5m", "sharing.across-callers", "true");
        verify("6226090210146748", null);
        calls.latest().end(result(code));
        clock.pass(Duration.ofMinutes(5).minusNanos(1));
        var reused = verify("6226090210146748", "somebody else", false, null).result();
        assertThat(reused.metadata().reusedAfter()).contains(Duration.ofMinutes(5).minusNanos(1));
        assertThat(reused.code().code()).isEqualTo(code);
        verify("6226090210146749", null).assertPending();
        clock.pass(Duration.ofNanos(1));
        verify("6226090210146748", null).assertPending();
    }

    @Test
    void no_cache_opens_a_new_call_and_caches_its_answer() {
        verifier = verifier("cache.ttl.passed", "5m");
        verify("6226090210146748", null);
        calls.latest().end(PASSED);
        verify("6226090210146748", "caller", true, null).assertPending();
        clock.pass(Duration.ofMinutes(4));
        calls.latest().end(PASSED);
        clock.pass(Duration.ofMinutes(4));
        assertThat(verify("6226090210146748", null).result().metadata().reusedAfter()).contains(Duration.ofMinutes(4));
    }

    @Test
    void a_cached_answer_is_given_while_a_new_one_is_fetched() {
        verifier = verifier("cache.ttl.passed", "5m");
        verify("6226090210146748", null);
        calls.latest().end(PASSED);
        verify("6226090210146748", "caller", true, null).assertPending();
        assertThat(verify("6226090210146748", null).result().metadata().reusedAfter()).isPresent();
    }

    @Test
    void a_cached_answer_is_kept_for_its_key() {
        verifier = verifier("cache.ttl.passed", "5m");
        verify("6226090210146748", null);
        calls.latest().end(PASSED);
        verify("6226090210146748", "key");
        clock.pass(Duration.ofMinutes(6));
        assertThat(verify("6226090210146748", "key").result().metadata().reusedAfter()).contains(Duration.ofMinutes(6));
        assertThat(calls.opened).hasSize(1);
    }

    @Test
    void the_oldest_answer_is_removed_from_a_full_cache() {
        verifier = verifier("cache.ttl.passed", "5m", "cache.max-entries", "1");
        verify("6226090210146748", null);
        calls.latest().end(PASSED);
        verify("6226090210146749", null);
        calls.latest().end(PASSED);
        verify("6226090210146748", null).assertPending();
        assertThat(verify("6226090210146749", null).result().metadata().reusedAfter()).isPresent();
    }

    @Test
    void result_18_is_cached_until_the_next_day_in_china() {
        verify("6226090210146748", null);
        calls.latest().end(result("-18"));
        clock.pass(Duration.ofHours(6).minusNanos(1));
        assertThat(verify("6226090210146748", null).result().code()).isEqualTo(ResultCode.ATTEMPTS_EXCEEDED);
        clock.pass(Duration.ofNanos(1)); // 16:00 UTC
        verify("6226090210146748", null).assertPending();
    }

    @Test
    void result_18_after_midnight_belongs_to_the_day_of_the_request() {
        clock.pass(Duration.ofHours(6).minusSeconds(1));
        verify("6226090210146748", null);
        clock.pass(Duration.ofSeconds(2));
        calls.latest().end(result("-18"));
        verify("6226090210146748", null).assertPending();
        assertThat(calls.opened).hasSize(2);
    }

    @Test
    void result_18_is_not_cached_if_that_is_off() {
        verifier = verifier("cache.until-next-day", "false");
        verify("6226090210146748", null);
        calls.latest().end(result("-18"));
        verify("6226090210146748", null).assertPending();
    }

    @ParameterizedTest
    @CsvSource({ "idempotency.ttl,0s", "idempotency.ttl,91d", "idempotency.max-entries,0",
            "cache.ttl.passed,-1s", "cache.ttl.mismatch,31d", "cache.ttl.card-unusable,31d", "cache.ttl.input-rejected,31d",
            "cache.max-entries,0" })
    void a_wrong_setting_names_its_key_and_range(String key, String value) {
        assertThatThrownBy(() -> verifier(key, value)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("gateway." + key + " must be ");
    }
}
