package io.cardverification.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.CertType;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Encryption;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Lane;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

class SharingVerifierTest {

    private static final VerificationRequest QUESTION = question("6226090210146748", "Wei Xiaobao", "11204416541220243X", null,
            null);
    private static final VerificationResult PASSED = new VerificationResult(ResultCode.of("0").orElseThrow(), "passed", "id");
    private static final Terms TERMS = new Terms(Lane.INTERACTIVE, "caller", null);

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final List<UniEmitter<? super VerificationResult>> joined = new ArrayList<>();
    private final SharingVerifier verifier = new SharingVerifier(request -> {
        opened.incrementAndGet();
        return terms -> Uni.createFrom().<VerificationResult> emitter(joined::add).onCancellation()
                .invoke(left::incrementAndGet);
    }, new byte[32]);

    private static VerificationRequest question(String card, String name, String id, @Nullable CertType certType,
            @Nullable Encryption encryption) {
        return new VerificationRequest(new BankCard(card, false), new PersonName(name, false), new IdCard(id, false), certType,
                encryption);
    }

    private UniAssertSubscriber<VerificationResult> ask(VerificationRequest request) {
        return verifier.verify(request, TERMS).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void identical_questions_in_flight_are_one_inquiry_and_all_but_one_are_told_so() {
        var first = ask(QUESTION);
        var second = ask(question(" 6226090210146748 ", "Wei Xiaobao", "11204416541220243x", null, null));
        var third = ask(QUESTION);
        assertThat(opened).hasValue(1);
        joined.forEach(caller -> caller.complete(PASSED));
        assertThat(first.getItem().shared()).isFalse();
        assertThat(second.getItem().shared()).isTrue();
        assertThat(third.getItem()).isEqualTo(PASSED.asShared());
        assertThat(verifier.inFlight()).isZero();
    }

    @Test
    void who_stays_when_the_first_has_left_has_a_charge_of_its_own() {
        var first = ask(QUESTION);
        var second = ask(QUESTION);
        first.cancel();
        joined.get(1).complete(PASSED);
        assertThat(second.getItem().shared()).isFalse();
        assertThat(left).hasValue(1);
    }

    @Test
    void an_unknown_charge_is_told_as_shared_too_and_nothing_sent_is_not() {
        var first = ask(QUESTION);
        var second = ask(QUESTION);
        joined.forEach(caller -> caller.fail(VerificationFailure.silent()));
        assertThat(((VerificationFailure) first.getFailure()).shared()).isFalse();
        assertThat(((VerificationFailure) second.getFailure()).shared()).isTrue();
        assertThat(((VerificationFailure) second.getFailure()).charge()).isEqualTo(Charge.UNKNOWN);

        joined.clear();
        ask(QUESTION);
        var refused = ask(QUESTION);
        joined.forEach(caller -> caller.fail(VerificationFailure.unreachable()));
        assertThat(((VerificationFailure) refused.getFailure()).shared()).isFalse();
    }

    @Test
    void what_is_over_is_asked_anew() {
        ask(QUESTION);
        joined.get(0).complete(PASSED);
        ask(QUESTION).cancel();
        ask(QUESTION);
        assertThat(opened).hasValue(3);
        assertThat(verifier.inFlight()).isEqualTo(1);
    }

    @Test
    void nothing_is_asked_before_somebody_subscribes() {
        verifier.verify(QUESTION, TERMS);
        assertThat(opened).hasValue(0);
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
        assertThat(opened).hasValue(7);
    }

    @Test
    void no_document_type_is_the_same_question_as_the_one_it_is_taken_for() {
        ask(QUESTION);
        ask(question("6226090210146748", "Wei Xiaobao", "11204416541220243X", new CertType(0), null));
        assertThat(opened).hasValue(1);
    }

    @Test
    void what_was_encrypted_once_is_one_question() {
        for (var i = 0; i < 2; i++) {
            ask(question("6226090210146748", "cvtbksVKVIn0", "11204416541220243X", null,
                    new Encryption(List.of("Name"), "blob", "iv", "SM4-GCM", List.of("tag"))));
        }
        assertThat(opened).hasValue(1);
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
        var racing = new SharingVerifier(request -> terms -> Uni.createFrom()
                .emitter(caller -> later.execute(() -> caller.complete(PASSED))), new byte[32]);
        for (var i = 0; i < 50_000; i++) {
            racing.verify(QUESTION, TERMS).subscribe().with(answer -> {
            }).cancel();
        }
        later.shutdown();
        assertThat(later.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(racing.inFlight()).isZero();
    }
}
