package io.cardverification.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.Caller;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Lane;
import io.cardverification.verification.Ledger.Entry;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Answers that serve again: to the same key, and to the same question. */
@NullUnmarked // conclusions have either
class KeptAnswersTest {

    private static final Conclusion PASSED = result("0");

    private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final StubInquiries inquiries = new StubInquiries();
    private final StubAccounts accounts = new StubAccounts();
    private final StubLedger ledger = new StubLedger();
    private final List<Entry> written = ledger.written;
    private SharingVerifier verifier = verifier();

    private SharingVerifier verifier(String... settings) {
        return new SharingVerifier(inquiries, accounts, ledger, clock, clock, Settings.of(settings),
                new Fingerprints(new byte[32]));
    }

    private static Conclusion result(String code) {
        return Conclusion.of(new VerificationResult(ResultCode.of(code).orElseThrow(), code, "id"));
    }

    private UniAssertSubscriber<VerificationResult> ask(String card, String caller, boolean fresh, @Nullable String key) {
        return verifier.verify(
                new VerificationRequest(new BankCard(card, false), new PersonName("Wei", false),
                        new IdCard("11204416541220243X", false), null, null),
                new Terms(Lane.INTERACTIVE, Caller.unlimited(caller), null, fresh, key))
                .subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private UniAssertSubscriber<VerificationResult> ask(String card, @Nullable String key) {
        return ask(card, "caller", false, key);
    }

    private static Reason reason(UniAssertSubscriber<VerificationResult> caller) {
        return ((VerificationFailure) caller.getFailure()).reason();
    }

    @Test
    void the_same_key_and_question_is_told_the_first_answer_and_how_old_it_is() {
        ask("6226090210146748", "key");
        inquiries.latest().end(PASSED);
        clock.pass(Duration.ofMinutes(59));
        var again = ask("6226090210146748", "key").getItem();
        assertThat(inquiries.opened).hasSize(1);
        assertThat(again.requestId()).isEqualTo("id");
        assertThat(again.delivery().reusedAfter()).contains(Duration.ofMinutes(59));
        assertThat(written).hasSize(2);
        assertThat(written.get(1).conclusion().delivery().reusedAfter()).isPresent();
    }

    @Test
    void no_cache_does_not_undo_a_key() {
        ask("6226090210146748", "key");
        inquiries.latest().end(PASSED);
        assertThat(ask("6226090210146748", "caller", true, "key").getItem().delivery().reusedAfter()).isPresent();
    }

    @Test
    void the_same_key_waits_for_what_is_under_way() {
        var first = ask("6226090210146748", "key");
        var second = ask("6226090210146748", "key");
        inquiries.latest().end(PASSED);
        assertThat(first.getItem().delivery().shared()).isFalse();
        assertThat(second.getItem().delivery().shared()).isTrue();
    }

    @Test
    void a_dropped_connection_asks_again_and_pays_once() {
        var dropped = ask("6226090210146748", "key");
        inquiries.latest().beyondRecall = true;
        dropped.cancel();
        inquiries.latest().end(PASSED);
        assertThat(ask("6226090210146748", "key").getItem().requestId()).isEqualTo("id");
        assertThat(inquiries.opened).hasSize(1);
    }

    @Test
    void the_same_key_with_another_question_is_refused_while_the_first_runs_and_after() {
        ask("6226090210146748", "key");
        assertThat(reason(ask("6226090210146749", "key"))).isEqualTo(Reason.IDEMPOTENCY_KEY_REUSED);
        inquiries.latest().end(PASSED);
        assertThat(reason(ask("6226090210146749", "key"))).isEqualTo(Reason.IDEMPOTENCY_KEY_REUSED);
        assertThat(inquiries.opened).hasSize(1);
        assertThat(written).hasSize(3);
    }

    @Test
    void two_callers_may_choose_the_same_key() {
        ask("6226090210146748", "one", false, "key");
        inquiries.latest().end(PASSED);
        ask("6226090210146749", "other", false, "key").assertNotTerminated();
        assertThat(inquiries.opened).hasSize(2);
    }

    @Test
    void a_key_is_forgotten_after_its_time() {
        ask("6226090210146748", "key");
        inquiries.latest().end(PASSED);
        clock.pass(Duration.ofHours(1));
        ask("6226090210146749", "key").assertNotTerminated();
    }

    @Test
    void an_unknown_charge_is_kept_so_that_asking_again_does_not_pay_again() {
        ask("6226090210146748", "key");
        inquiries.latest().end(Conclusion.of(VerificationFailure.silent()));
        assertThat(reason(ask("6226090210146748", "key"))).isEqualTo(Reason.UPSTREAM_TIMEOUT);
        assertThat(inquiries.opened).hasSize(1);
    }

    @Test
    void what_decided_nothing_and_cost_nothing_may_be_asked_again_with_the_same_key() {
        for (var end : List.of(Conclusion.of(VerificationFailure.unreachable()), result("-17"),
                Conclusion.of(VerificationFailure.refused(Reason.UPSTREAM_FAILED, "InternalError", "id", null)))) {
            ask("6226090210146748", "key").assertNotTerminated();
            inquiries.latest().end(end);
        }
        assertThat(inquiries.opened).hasSize(3);
        ask("6226090210146748", "key").cancel();
        ask("6226090210146749", "key").assertNotTerminated();
    }

    @Test
    void who_is_refused_a_place_in_the_queue_may_come_back_with_the_same_key() {
        ask("6226090210146748", "key");
        inquiries.latest().joined.get(0).fail(VerificationFailure.queueFull(Duration.ofSeconds(1)));
        ask("6226090210146748", "key").assertNotTerminated();
        assertThat(inquiries.opened).hasSize(2);
    }

    @Test
    void a_full_store_refuses_new_keys_and_says_when_to_come_back() {
        verifier = verifier("idempotency.most", "2");
        for (var key : List.of("one", "two")) {
            ask("6226090210146748", key);
            inquiries.latest().end(PASSED);
        }
        clock.pass(Duration.ofMinutes(50));
        var refused = (VerificationFailure) ask("6226090210146748", "three").getFailure();
        assertThat(refused.reason()).isEqualTo(Reason.IDEMPOTENCY_STORE_FULL);
        assertThat(refused.retryAfter()).contains(Duration.ofMinutes(10));
        assertThat(ask("6226090210146748", "one").getItem().delivery().reusedAfter()).isPresent();
        clock.pass(Duration.ofMinutes(10));
        ask("6226090210146748", "three").assertNotTerminated();
    }

    @Test
    void without_a_setting_no_answer_serves_twice() {
        for (var code : List.of("0", "-1", "-6", "-2", "-17")) {
            ask("6226090210146748", null);
            inquiries.latest().end(result(code));
        }
        assertThat(inquiries.opened).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({ "passed,0", "mismatch,-1", "card-unusable,-6", "input-rejected,-2" })
    void an_answer_serves_for_as_long_as_its_outcome_may_and_anybody(String outcome, String code) {
        verifier = verifier("reuse." + outcome, "5m", "across-callers", "true");
        ask("6226090210146748", null);
        inquiries.latest().end(result(code));
        clock.pass(Duration.ofMinutes(5).minusNanos(1));
        var reused = ask("6226090210146748", "somebody else", false, null).getItem();
        assertThat(reused.delivery().reusedAfter()).contains(Duration.ofMinutes(5).minusNanos(1));
        assertThat(reused.code().code()).isEqualTo(code);
        ask("6226090210146749", null).assertNotTerminated();
        clock.pass(Duration.ofNanos(1));
        ask("6226090210146748", null).assertNotTerminated();
    }

    @Test
    void no_cache_asks_anew_and_the_fresh_answer_is_kept() {
        verifier = verifier("reuse.passed", "5m");
        ask("6226090210146748", null);
        inquiries.latest().end(PASSED);
        ask("6226090210146748", "caller", true, null).assertNotTerminated();
        clock.pass(Duration.ofMinutes(4));
        inquiries.latest().end(PASSED);
        clock.pass(Duration.ofMinutes(4));
        assertThat(ask("6226090210146748", null).getItem().delivery().reusedAfter()).contains(Duration.ofMinutes(4));
    }

    @Test
    void what_is_reused_counts_for_a_key_too() {
        verifier = verifier("reuse.passed", "5m");
        ask("6226090210146748", null);
        inquiries.latest().end(PASSED);
        ask("6226090210146748", "key");
        clock.pass(Duration.ofMinutes(6));
        assertThat(ask("6226090210146748", "key").getItem().delivery().reusedAfter()).contains(Duration.ofMinutes(6));
        assertThat(inquiries.opened).hasSize(1);
    }

    @Test
    void the_oldest_answer_goes_when_there_are_too_many() {
        verifier = verifier("reuse.passed", "5m", "reuse.most", "1");
        ask("6226090210146748", null);
        inquiries.latest().end(PASSED);
        ask("6226090210146749", null);
        inquiries.latest().end(PASSED);
        ask("6226090210146748", null).assertNotTerminated();
        assertThat(ask("6226090210146749", null).getItem().delivery().reusedAfter()).isPresent();
    }

    @Test
    void too_many_attempts_are_believed_until_the_next_day_in_china() {
        ask("6226090210146748", null);
        inquiries.latest().end(result("-18"));
        clock.pass(Duration.ofHours(6).minusNanos(1));
        assertThat(ask("6226090210146748", null).getItem().code()).isEqualTo(ResultCode.ATTEMPTS_EXCEEDED);
        clock.pass(Duration.ofNanos(1)); // 16:00 UTC
        ask("6226090210146748", null).assertNotTerminated();
    }

    @Test
    void too_many_attempts_asked_about_before_midnight_are_of_that_day_whenever_the_answer_comes() {
        clock.pass(Duration.ofHours(6).minusSeconds(1));
        ask("6226090210146748", null);
        clock.pass(Duration.ofSeconds(2));
        inquiries.latest().end(result("-18"));
        ask("6226090210146748", null).assertNotTerminated();
        assertThat(inquiries.opened).hasSize(2);
    }

    @Test
    void too_many_attempts_are_not_believed_where_that_is_switched_off() {
        verifier = verifier("reuse.until-next-day", "false");
        ask("6226090210146748", null);
        inquiries.latest().end(result("-18"));
        ask("6226090210146748", null).assertNotTerminated();
    }

    @ParameterizedTest
    @CsvSource({ "secret,short", "idempotency.keep,0s", "idempotency.keep,8d", "idempotency.most,0", "reuse.passed,-1s",
            "reuse.mismatch,31d", "reuse.card-unusable,31d", "reuse.input-rejected,31d", "reuse.most,0" })
    void a_wrong_setting_names_its_key_and_its_rule(String key, String value) {
        assertThatThrownBy(() -> verifier(key, value)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("gateway.sharing." + key + " must be ");
    }
}
