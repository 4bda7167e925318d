package io.cardverification.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.Caller;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Lane;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** No question is admitted whose charge could not be written down. */
@NullUnmarked // entries have either
class UnavailableLedgerTest {

    private final StubInquiries inquiries = new StubInquiries();
    private final StubAccounts accounts = new StubAccounts();
    private final StubLedger ledger = new StubLedger();
    private final SharingVerifier verifier = new SharingVerifier(inquiries, accounts, ledger, Clock.systemUTC(),
            System::nanoTime, Settings.of(),
            new Fingerprints(new byte[32]));

    private UniAssertSubscriber<VerificationResult> ask() {
        return verifier.verify(
                new VerificationRequest(new BankCard("6226090210146748", false), new PersonName("Wei", false),
                        new IdCard("11204416541220243X", false), null, null),
                new Terms(Lane.INTERACTIVE, Caller.unlimited("one"), null, false, "key"))
                .subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void a_question_is_refused_and_nothing_is_asked_or_set_aside() {
        ledger.available = false;
        var refusal = (VerificationFailure) ask().getFailure();
        assertThat(refusal.reason()).isEqualTo(Reason.LEDGER_UNAVAILABLE);
        assertThat(refusal.charge()).isEqualTo(Charge.NOT_SENT);
        assertThat(refusal.retryAfter()).isPresent();
        assertThat(inquiries.opened).isEmpty();
        assertThat(accounts.open()).isZero();
        assertThat(verifier.inFlight()).isZero();
    }

    @Test
    void its_key_can_be_used_when_the_ledger_is_available_again() {
        ledger.available = false;
        ask();
        ledger.available = true;
        var asked = ask();
        inquiries.latest().end(conclusion());
        assertThat(asked.getItem().delivery().reusedAfter()).isEmpty();
    }

    @Test
    void what_was_admitted_before_is_answered_and_written_down() {
        var asked = ask();
        ledger.available = false;
        inquiries.latest().end(conclusion());
        assertThat(asked.getItem().requestId()).isEqualTo("id");
        assertThat(ledger.written).singleElement().satisfies(entry -> assertThat(entry.conclusion().charge())
                .isEqualTo(Charge.CHARGED));
    }

    private static Conclusion conclusion() {
        return Conclusion.of(new VerificationResult(ResultCode.of("0").orElseThrow(), "passed", "id"));
    }
}
