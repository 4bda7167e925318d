package io.cardverification.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger.Entry;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;

/** Calls and cached answers that callers share, and their ledger entries. */
class AcrossCallersTest {

    private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final StubCalls calls = new StubCalls();
    private final StubLedger ledger = new StubLedger();
    private final List<Entry> written = ledger.written;

    private VerificationPipeline verifier(boolean acrossCallers) {
        return TestPipeline.of(calls, new StubQuotas(), ledger, clock, clock, "sharing.across-callers",
                String.valueOf(acrossCallers), "cache.ttl.passed", "1h");
    }

    private static Completion result(String code) {
        return new VerificationResult(ResultCode.of(code).orElseThrow(), code, "id");
    }

    private static Answer verify(VerificationPipeline verifier, String caller) {
        return TestPipeline.verify(verifier, "6226090210146748", caller, false, null);
    }

    /** The entries with a charge or a possible charge. */
    private List<Entry> bill() {
        return written.stream().filter(entry -> entry.completion() != null && entry.completion().maxCharges() > 0).toList();
    }

    @Test
    void callers_share_nothing_by_default() {
        assertThat(TestPipeline.config().getConfigMapping(SharingConfig.class).acrossCallers()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-18" })
    void without_sharing_callers_have_separate_calls(String code) {
        var verifier = verifier(false);
        var first = verify(verifier, "one");
        var second = verify(verifier, "two");
        assertThat(calls.opened).hasSize(2);
        calls.opened.get(0).end(result(code));
        second.assertPending();
        calls.opened.get(1).end(result(code));
        assertThat(first.result().metadata()).isEqualTo(second.result().metadata());
        assertThat(second.result().metadata().shared()).isFalse();
        verify(verifier, "three").assertPending();
        assertThat(verify(verifier, "two").result().metadata().reusedAfter()).isPresent();
        assertThat(written).extracting(Entry::fingerprint).containsOnly(written.get(0).fingerprint());
    }

    @Test
    void one_caller_always_shares_with_itself() {
        var verifier = verifier(false);
        verify(verifier, "one");
        var second = verify(verifier, "one");
        assertThat(calls.opened).hasSize(1);
        calls.latest().end(result("0"));
        assertThat(second.result().metadata().shared()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-18" })
    void shared_answers_across_callers_say_so(String code) {
        var verifier = verifier(true);
        verify(verifier, "one");
        var second = verify(verifier, "two");
        calls.latest().end(result(code));
        assertThat(second.result().metadata().shared()).isEqualTo(true);
        assertThat(verify(verifier, "three").result().metadata().reusedAfter()).isPresent();
        assertThat(calls.opened).hasSize(1);
        assertThat(written).extracting(Entry::initiator).containsOnlyNulls();
    }

    @Test
    void charge_of_another_caller_names_the_initiator() {
        var verifier = verifier(true);
        var leaver = verify(verifier, "one");
        verify(verifier, "two");
        verify(verifier, "three");
        leaver.disconnect();
        calls.latest().end(result("0"));
        assertThat(written).extracting(Entry::caller).containsExactly("two", "three", "one");
        assertThat(written).extracting(Entry::initiator).containsExactly("one", null, null);
        assertThat(written).extracting(Entry::callerDisconnected).containsExactly(false, false, true);
        assertThat(bill()).singleElement().isEqualTo(written.get(0));
    }

    @Test
    void charge_of_disconnected_callers_names_the_initiator() {
        var verifier = verifier(true);
        var first = verify(verifier, "one");
        var second = verify(verifier, "two");
        calls.latest().committed = true;
        second.disconnect();
        first.disconnect();
        calls.latest().end(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT));
        assertThat(written).extracting(Entry::caller).containsExactly("two", "one");
        assertThat(written).extracting(Entry::initiator).containsExactly("one", null);
        assertThat(bill()).singleElement().satisfies(
                entry -> assertThat(entry.completion().charge()).isEqualTo(Charge.UNKNOWN));
    }

    @Test
    void an_answer_without_a_charge_has_no_initiator() {
        var verifier = verifier(true);
        var leaver = verify(verifier, "one");
        verify(verifier, "two");
        leaver.disconnect();
        calls.latest()
                .end(VerificationFailure.byUpstream(Reason.INPUT_REFUSED, "InvalidParameter", "id"));
        assertThat(written).extracting(Entry::initiator).containsOnlyNulls();
        assertThat(bill()).isEmpty();
    }
}
