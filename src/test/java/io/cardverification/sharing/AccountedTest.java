package io.cardverification.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** What is taken from a caller's account, and given back. */
@NullUnmarked // entries and deliveries have either
class AccountedTest {

    private static final Conclusion CHARGED = Conclusion
            .of(new VerificationResult(ResultCode.of("0").orElseThrow(), "passed", "id"));
    private static final Conclusion UNKNOWN = Conclusion.of(VerificationFailure.silent());
    private final VerificationFailure spent = VerificationFailure.dailyLimitSpent(Duration.ofHours(3));

    private final StubInquiries inquiries = new StubInquiries();
    private final StubAccounts accounts = new StubAccounts();
    private final StubLedger ledger = new StubLedger();
    private final List<Entry> written = ledger.written;
    private final SharingVerifier verifier = new SharingVerifier(inquiries, accounts, ledger, Clock.systemUTC(),
            System::nanoTime, Settings.of("reuse.passed", "1h", "across-callers", "true"), new Fingerprints(new byte[32]));

    private UniAssertSubscriber<VerificationResult> ask(String caller, @Nullable String key) {
        return verifier.verify(
                new VerificationRequest(new BankCard("6226090210146748", false), new PersonName("Wei", false),
                        new IdCard("11204416541220243X", false), null, null),
                new Terms(Lane.INTERACTIVE, Caller.unlimited(caller), null, false, key))
                .subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void of_those_who_share_one_charge_one_has_spent_it() {
        ask("one", null);
        ask("two", null);
        assertThat(accounts.open()).isEqualTo(2);
        inquiries.latest().end(CHARGED);
        assertThat(accounts.open()).isZero();
        assertThat(accounts.spent()).isEqualTo(1);
    }

    @Test
    void an_unknown_charge_is_spent() {
        ask("one", null);
        inquiries.latest().end(UNKNOWN);
        assertThat(accounts.spent()).isEqualTo(1);
    }

    @Test
    void who_leaves_before_it_was_sent_has_spent_nothing_and_who_leaves_after_has() {
        ask("one", null).cancel();
        assertThat(accounts.open()).isZero();
        var left = ask("one", null);
        inquiries.latest().beyondRecall = true;
        left.cancel();
        assertThat(accounts.open()).isEqualTo(1);
        inquiries.latest().end(CHARGED);
        assertThat(accounts.open()).isZero();
        assertThat(accounts.spent()).isEqualTo(1);
    }

    @Test
    void a_kept_answer_is_given_to_whoever_has_spent_all() {
        ask("one", "key");
        inquiries.latest().end(CHARGED);
        accounts.refuse(spent);
        assertThat(ask("one", "key").getItem().requestId()).isEqualTo("id");
        assertThat(ask("two", null).getItem().requestId()).isEqualTo("id");
        assertThat(accounts.open()).isZero();
        assertThat(accounts.spent()).isEqualTo(1);
    }

    @Test
    void a_refusal_is_told_and_written_down_and_its_key_can_be_used_again() {
        accounts.refuse(spent);
        assertThat(ask("one", "key").getFailure()).isSameAs(spent);
        assertThat(inquiries.opened).isEmpty();
        assertThat(written).singleElement().satisfies(entry -> assertThat(entry.conclusion().failure()).isSameAs(spent));
        assertThat(verifier.inFlight()).isZero();
        accounts.refuse(null);
        var asked = ask("one", "key");
        inquiries.latest().end(CHARGED);
        assertThat(asked.getItem().delivery().reusedAfter()).isEmpty();
    }

    @Test
    void a_refusal_leaves_the_key_to_the_request_that_is_under_way_with_it() {
        ask("one", "key");
        accounts.refuse(spent);
        assertThat(ask("one", "key").getFailure()).isSameAs(spent);
        inquiries.latest().end(CHARGED);
        assertThat(ask("one", "key").getItem().delivery().reusedAfter()).isPresent();
    }
}
