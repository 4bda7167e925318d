package io.cardverification.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.Caller;
import io.cardverification.verification.CertType;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Delivery;
import io.cardverification.verification.Encryption;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Inquiries;
import io.cardverification.verification.Inquiry;
import io.cardverification.verification.Lane;
import io.cardverification.verification.Ledger.Entry;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class SharingVerifierTest {

    private static final VerificationRequest QUESTION = question("6226090210146748", "Wei Xiaobao", "11204416541220243X", null,
            null);
    private static final VerificationResult PASSED = new VerificationResult(ResultCode.of("0").orElseThrow(), "passed", "id");
    private static final Terms TERMS = new Terms(Lane.INTERACTIVE, Caller.unlimited("caller"), null);

    private final StubInquiries inquiries = new StubInquiries();
    private final StubAccounts accounts = new StubAccounts();
    private final StubLedger ledger = new StubLedger();
    private final List<Entry> written = ledger.written;
    private final SharingVerifier verifier = verifier(inquiries);

    private SharingVerifier verifier(Inquiries inquiries) {
        return new SharingVerifier(inquiries, accounts, ledger, Clock.systemUTC(), System::nanoTime,
                Settings.of(), new Fingerprints(new byte[32]));
    }

    private static VerificationRequest question(String card, String name, String id, @Nullable CertType certType,
            @Nullable Encryption encryption) {
        return new VerificationRequest(new BankCard(card, false), new PersonName(name, false), new IdCard(id, false), certType,
                encryption);
    }

    private static boolean isShared(Entry entry) {
        return Objects.requireNonNull(entry.conclusion()).delivery().shared();
    }

    private UniAssertSubscriber<VerificationResult> ask(VerificationRequest request) {
        return verifier.verify(request, TERMS).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void identical_questions_in_flight_are_one_inquiry_and_all_but_one_are_told_so() {
        var first = ask(QUESTION);
        var second = ask(question(" 6226090210146748 ", "Wei Xiaobao", "11204416541220243x", null, null));
        var third = ask(QUESTION);
        assertThat(inquiries.opened).hasSize(1);
        inquiries.latest().end(Conclusion.of(PASSED));
        assertThat(first.getItem().delivery().shared()).isFalse();
        assertThat(second.getItem().delivery().shared()).isTrue();
        assertThat(third.getItem()).isEqualTo(PASSED.delivered(PASSED.delivery().asShared()));
        assertThat(verifier.inFlight()).isZero();
        assertThat(written).extracting(SharingVerifierTest::isShared).containsExactly(false, true, true);
        assertThat(written).extracting(Entry::fingerprint).containsOnly(written.get(0).fingerprint());
        assertThat(written).extracting(Entry::lastFour).containsOnly("6748");
    }

    @Test
    void who_stays_when_the_first_has_left_has_a_charge_of_its_own_and_the_first_is_written_down_as_sharing_it() {
        ask(QUESTION).cancel();
        var first = ask(QUESTION);
        var second = ask(QUESTION);
        first.cancel();
        inquiries.latest().end(Conclusion.of(PASSED));
        assertThat(second.getItem().delivery().shared()).isFalse();
        assertThat(inquiries.latest().left).isEqualTo(1);
        assertThat(written).extracting(Entry::left).containsExactly(true, false, true);
        assertThat(written.get(0).conclusion()).isNull();
        assertThat(isShared(written.get(1))).isFalse();
        assertThat(isShared(written.get(2))).isTrue();
    }

    @Test
    void what_was_sent_when_the_last_one_left_is_written_down_when_it_ends() {
        var only = ask(QUESTION);
        inquiries.latest().beyondRecall = true;
        only.cancel();
        assertThat(written).isEmpty();
        assertThat(verifier.inFlight()).isEqualTo(1);
        inquiries.latest().end(Conclusion.of(PASSED));
        assertThat(written).singleElement().satisfies(entry -> {
            assertThat(entry.left()).isTrue();
            assertThat(entry.conclusion()).extracting(Conclusion::charge).isEqualTo(Charge.CHARGED);
            assertThat(isShared(entry)).isFalse();
        });
        assertThat(verifier.inFlight()).isZero();
    }

    @Test
    void who_asks_again_while_it_is_under_way_without_anybody_gets_its_answer() {
        var dropped = ask(QUESTION);
        inquiries.latest().beyondRecall = true;
        dropped.cancel();
        var again = ask(QUESTION);
        inquiries.latest().end(Conclusion.of(PASSED));
        assertThat(inquiries.opened).hasSize(1);
        assertThat(again.getItem().delivery().shared()).isFalse();
        assertThat(written).extracting(SharingVerifierTest::isShared).containsExactly(false, true);
    }

    @Test
    void an_unknown_charge_is_told_as_shared_too_and_nothing_sent_is_not() {
        var first = ask(QUESTION);
        var second = ask(QUESTION);
        inquiries.latest().end(Conclusion.of(VerificationFailure.silent()));
        assertThat(((VerificationFailure) first.getFailure()).delivery().shared()).isFalse();
        assertThat(((VerificationFailure) second.getFailure()).delivery().shared()).isTrue();
        assertThat(((VerificationFailure) second.getFailure()).charge()).isEqualTo(Charge.UNKNOWN);

        ask(QUESTION);
        var refused = ask(QUESTION);
        inquiries.latest().end(Conclusion.of(VerificationFailure.unreachable()));
        assertThat(((VerificationFailure) refused.getFailure()).delivery().shared()).isFalse();
    }

    @Test
    void who_was_told_of_a_free_attempt_does_not_share_the_charge_of_a_later_one() {
        ask(QUESTION);
        var patient = ask(QUESTION);
        inquiries.latest().joined.get(0).fail(VerificationFailure.refused(Reason.UPSTREAM_FAILED, "InternalError", "id", null));
        inquiries.latest().end(Conclusion.of(PASSED));
        assertThat(patient.getItem().delivery().shared()).isFalse();
    }

    @Test
    void two_attempts_that_may_have_been_charged_are_two_charges() {
        var hasty = ask(QUESTION);
        var patient = ask(QUESTION);
        var third = ask(QUESTION);
        inquiries.latest().joined.get(0).fail(VerificationFailure.silent().delivered(Delivery.NONE.tried(1, 0)));
        inquiries.latest().end(Conclusion.of(VerificationFailure.silent().delivered(Delivery.NONE.tried(2, 1))));
        assertThat(((VerificationFailure) hasty.getFailure()).delivery().shared()).isFalse();
        assertThat(((VerificationFailure) patient.getFailure()).delivery().shared()).isFalse();
        assertThat(((VerificationFailure) third.getFailure()).delivery().shared()).isTrue();
    }

    @Test
    void what_is_over_is_asked_anew() {
        ask(QUESTION);
        inquiries.latest().end(Conclusion.of(PASSED));
        ask(QUESTION).cancel();
        ask(QUESTION);
        assertThat(inquiries.opened).hasSize(3);
        assertThat(verifier.inFlight()).isEqualTo(1);
    }

    @Test
    void nothing_is_asked_before_somebody_subscribes() {
        verifier.verify(QUESTION, TERMS);
        assertThat(inquiries.opened).isEmpty();
        assertThat(verifier.inFlight()).isZero();
    }

    @Test
    void every_value_and_every_option_makes_another_question() {
        var encryption = new Encryption(List.of("Name"), "blob", "iv", null, null);
        Stream.of(QUESTION,
                question("6226090210146749", "Wei Xiaobao", "11204416541220243X", null, null),
                question("6226090210146748", "Wei Xiaoba", "11204416541220243X", null, null),
                question("6226090210146748", "Wei Xiaobao", "112044165412202431", null, null),
                question("6226090210146748", "Wei Xiaobao", "11204416541220243X", null, encryption),
                question("6226090210146748", "Wei Xiaobao", "11204416541220243X", null,
                        new Encryption(List.of("Name"), "blob", "iv", "AES-256-CBC", null)),
                question("6226090210146748", "Wei Xiaobao", "11204416541220243X", null,
                        new Encryption(List.of("Name"), "blobi", "v", null, null)))
                .forEach(this::ask);
        assertThat(inquiries.opened).hasSize(7);
    }

    @Test
    void no_document_type_is_the_same_question_as_the_one_it_is_taken_for() {
        ask(QUESTION);
        ask(question("6226090210146748", "Wei Xiaobao", "11204416541220243X", new CertType(0), null));
        assertThat(inquiries.opened).hasSize(1);
    }

    @Test
    void what_was_encrypted_once_is_one_question() {
        for (var i = 0; i < 2; i++) {
            ask(question("6226090210146748", "cvtbksVKVIn0", "11204416541220243X", null,
                    new Encryption(List.of("Name"), "blob", "iv", "SM4-GCM", List.of("tag"))));
        }
        assertThat(inquiries.opened).hasSize(1);
    }

    @Test
    void fingerprints_of_two_processes_cannot_be_compared() {
        var other = new byte[32];
        other[0] = 1;
        assertThat(Set.of(new Fingerprints(new byte[32]).of(QUESTION), new Fingerprints(other).of(QUESTION))).hasSize(2);
    }

    @Test
    void answers_that_race_with_cancels_leave_nobody_in_flight() throws Exception {
        var later = Executors.newSingleThreadExecutor();
        var racing = verifier((request, ended) -> new Inquiry() {
            @Override
            public Uni<VerificationResult> join(Terms terms) {
                return Uni.createFrom().emitter(caller -> later.execute(() -> {
                    caller.complete(PASSED);
                    ended.accept(Conclusion.of(PASSED));
                }));
            }

            @Override
            public boolean isBeyondRecall() {
                return true;
            }
        });
        for (var i = 0; i < 50_000; i++) {
            racing.verify(QUESTION, TERMS).subscribe().with(answer -> {
            }).cancel();
        }
        later.shutdown();
        assertThat(later.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(racing.inFlight()).isZero();
        assertThat(written).hasSize(50_000);
    }
}
