package io.cardverification.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.Caller;
import io.cardverification.verification.Charge;
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
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** What callers share with each other, and what the ledger says of it. */
@NullUnmarked // entries have either
class AcrossCallersTest {

    private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final StubInquiries inquiries = new StubInquiries();
    private final StubLedger ledger = new StubLedger();
    private final List<Entry> written = ledger.written;

    private SharingVerifier verifier(boolean acrossCallers) {
        return new SharingVerifier(inquiries, new StubAccounts(), ledger, clock, clock,
                Settings.of("across-callers", String.valueOf(acrossCallers), "reuse.passed", "1h"),
                new Fingerprints(new byte[32]));
    }

    private static Conclusion result(String code) {
        return Conclusion.of(new VerificationResult(ResultCode.of(code).orElseThrow(), code, "id"));
    }

    private static UniAssertSubscriber<VerificationResult> ask(SharingVerifier verifier, String caller) {
        return verifier.verify(
                new VerificationRequest(new BankCard("6226090210146748", false), new PersonName("Wei", false),
                        new IdCard("11204416541220243X", false), null, null),
                new Terms(Lane.INTERACTIVE, Caller.unlimited(caller), null))
                .subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** What is on the bill, or may be. */
    private List<Entry> bill() {
        return written.stream().filter(entry -> entry.conclusion() != null && entry.conclusion().mostCharges() > 0).toList();
    }

    @Test
    void callers_share_nothing_by_default() {
        assertThat(Settings.of().acrossCallers()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-18" })
    void without_sharing_no_caller_learns_of_another(String code) {
        var verifier = verifier(false);
        var first = ask(verifier, "one");
        var second = ask(verifier, "two");
        assertThat(inquiries.opened).hasSize(2);
        inquiries.opened.get(0).end(result(code));
        second.assertNotTerminated();
        inquiries.opened.get(1).end(result(code));
        assertThat(first.getItem().delivery()).isEqualTo(second.getItem().delivery());
        assertThat(second.getItem().delivery().shared()).isFalse();
        ask(verifier, "three").assertNotTerminated();
        assertThat(ask(verifier, "two").getItem().delivery().reusedAfter()).isPresent();
        assertThat(written).extracting(Entry::fingerprint).containsOnly(written.get(0).fingerprint());
    }

    @Test
    void one_caller_always_shares_with_itself() {
        var verifier = verifier(false);
        ask(verifier, "one");
        var second = ask(verifier, "one");
        assertThat(inquiries.opened).hasSize(1);
        inquiries.latest().end(result("0"));
        assertThat(second.getItem().delivery().shared()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-18" })
    void callers_that_share_are_told_of_each_other(String code) {
        var verifier = verifier(true);
        ask(verifier, "one");
        var second = ask(verifier, "two");
        inquiries.latest().end(result(code));
        assertThat(second.getItem().delivery().shared()).isEqualTo(true);
        assertThat(ask(verifier, "three").getItem().delivery().reusedAfter()).isPresent();
        assertThat(inquiries.opened).hasSize(1);
        assertThat(written).extracting(Entry::initiator).containsOnlyNulls();
    }

    @Test
    void charge_that_falls_to_another_caller_names_the_initiator() {
        var verifier = verifier(true);
        var leaver = ask(verifier, "one");
        ask(verifier, "two");
        ask(verifier, "three");
        leaver.cancel();
        inquiries.latest().end(result("0"));
        assertThat(written).extracting(Entry::caller).containsExactly("two", "three", "one");
        assertThat(written).extracting(Entry::initiator).containsExactly("one", null, null);
        assertThat(written).extracting(Entry::left).containsExactly(false, false, true);
        assertThat(bill()).singleElement().isEqualTo(written.get(0));
    }

    @Test
    void charge_of_callers_that_all_left_names_the_initiator() {
        var verifier = verifier(true);
        var first = ask(verifier, "one");
        var second = ask(verifier, "two");
        inquiries.latest().beyondRecall = true;
        second.cancel();
        first.cancel();
        inquiries.latest().end(Conclusion.of(VerificationFailure.silent()));
        assertThat(written).extracting(Entry::caller).containsExactly("two", "one");
        assertThat(written).extracting(Entry::initiator).containsExactly("one", null);
        assertThat(bill()).singleElement().satisfies(
                entry -> assertThat(entry.conclusion().charge()).isEqualTo(Charge.UNKNOWN));
    }

    @Test
    void an_answer_without_a_charge_names_nobody() {
        var verifier = verifier(true);
        var leaver = ask(verifier, "one");
        ask(verifier, "two");
        leaver.cancel();
        inquiries.latest()
                .end(Conclusion.of(VerificationFailure.refused(Reason.INPUT_REFUSED, "InvalidParameter", "id", null)));
        assertThat(written).extracting(Entry::initiator).containsOnlyNulls();
        assertThat(bill()).isEmpty();
    }
}
