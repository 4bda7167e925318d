package io.cardverification.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.CallOptions;
import io.cardverification.verification.Caller;
import io.cardverification.verification.CertType;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Encryption;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Lane;
import io.cardverification.verification.Ledger.Entry;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationCallFactory;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;

class CoalescingTest {

    private static final VerificationRequest QUESTION = question("6226090210146748", "Wei Xiaobao", "11204416541220243X", null,
            null);
    private static final VerificationResult PASSED = new VerificationResult(ResultCode.of("0").orElseThrow(), "passed", "id");
    private static final CallOptions OPTIONS = new CallOptions(Lane.INTERACTIVE, Caller.unlimited("caller"), null);

    private final StubCalls calls = new StubCalls();
    private final StubQuotas quotas = new StubQuotas();
    private final StubLedger ledger = new StubLedger();
    private final List<Entry> written = ledger.written;
    private final VerificationPipeline verifier = verifier(calls);

    private VerificationPipeline verifier(VerificationCallFactory calls) {
        return TestPipeline.of(calls, quotas, ledger, Clock.systemUTC(), System::nanoTime);
    }

    private static VerificationRequest question(String card, String name, String id, @Nullable CertType certType,
            @Nullable Encryption encryption) {
        return new VerificationRequest(new BankCard(card, false), new PersonName(name, false), new IdCard(id, false), certType,
                encryption);
    }

    private static boolean isShared(Entry entry) {
        return Objects.requireNonNull(entry.completion()).metadata().shared();
    }

    private Answer verify(VerificationRequest request) {
        return Answer.to(verifier.verify(request, OPTIONS));
    }

    @Test
    void identical_requests_in_flight_share_one_call() {
        var first = verify(QUESTION);
        var second = verify(question(" 6226090210146748 ", "Wei Xiaobao", "11204416541220243x", null, null));
        var third = verify(QUESTION);
        assertThat(calls.opened).hasSize(1);
        calls.latest().end(PASSED);
        assertThat(first.result().metadata().shared()).isFalse();
        assertThat(second.result().metadata().shared()).isTrue();
        assertThat(third.result()).isEqualTo(PASSED.with(PASSED.metadata().asShared()));
        assertThat(verifier.inFlight()).isZero();
        assertThat(written).extracting(CoalescingTest::isShared).containsExactly(false, true, true);
        assertThat(written).extracting(Entry::fingerprint).containsOnly(written.get(0).fingerprint());
        assertThat(written).extracting(Entry::lastFour).containsOnly("6748");
    }

    @Test
    void the_remaining_caller_bears_the_charge_after_a_disconnect() {
        verify(QUESTION).disconnect();
        var first = verify(QUESTION);
        var second = verify(QUESTION);
        first.disconnect();
        calls.latest().end(PASSED);
        assertThat(second.result().metadata().shared()).isFalse();
        assertThat(calls.latest().left).isEqualTo(1);
        assertThat(written).extracting(Entry::callerDisconnected).containsExactly(true, false, true);
        assertThat(written.get(0).completion().label()).isEqualTo("caller-disconnected");
        assertThat(isShared(written.get(1))).isFalse();
        assertThat(isShared(written.get(2))).isTrue();
    }

    @Test
    void a_sent_call_without_callers_is_recorded_when_it_ends() {
        var only = verify(QUESTION);
        calls.latest().committed = true;
        only.disconnect();
        assertThat(written).isEmpty();
        assertThat(verifier.inFlight()).isEqualTo(1);
        calls.latest().end(PASSED);
        assertThat(written).singleElement().satisfies(entry -> {
            assertThat(entry.callerDisconnected()).isTrue();
            assertThat(entry.completion()).extracting(Completion::charge).isEqualTo(Charge.CHARGED);
            assertThat(isShared(entry)).isFalse();
        });
        assertThat(verifier.inFlight()).isZero();
    }

    @Test
    void a_new_request_joins_a_call_that_all_callers_left() {
        var dropped = verify(QUESTION);
        calls.latest().committed = true;
        dropped.disconnect();
        var again = verify(QUESTION);
        calls.latest().end(PASSED);
        assertThat(calls.opened).hasSize(1);
        assertThat(again.result().metadata().shared()).isFalse();
        assertThat(written).extracting(CoalescingTest::isShared).containsExactly(false, true);
    }

    @Test
    void unknown_charges_are_shared_and_unsent_requests_are_not() {
        var first = verify(QUESTION);
        var second = verify(QUESTION);
        calls.latest().end(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT));
        assertThat(first.failure().metadata().shared()).isFalse();
        assertThat(second.failure().metadata().shared()).isTrue();
        assertThat(second.failure().charge()).isEqualTo(Charge.UNKNOWN);

        verify(QUESTION);
        var refused = verify(QUESTION);
        calls.latest().end(VerificationFailure.of(Reason.UPSTREAM_UNREACHABLE));
        assertThat(refused.failure().metadata().shared()).isFalse();
    }

    @Test
    void a_free_attempt_and_a_later_charge_are_not_shared() {
        verify(QUESTION);
        var patient = verify(QUESTION);
        calls.latest().joined.get(0).complete(VerificationFailure.byUpstream(Reason.UPSTREAM_FAILED, "InternalError", "id"));
        calls.latest().end(PASSED);
        assertThat(patient.result().metadata().shared()).isFalse();
    }

    @Test
    void two_attempts_with_unknown_charge_are_two_charges() {
        var hasty = verify(QUESTION);
        var patient = verify(QUESTION);
        var third = verify(QUESTION);
        calls.latest().joined.get(0).complete(
                VerificationFailure.of(Reason.UPSTREAM_TIMEOUT).with(ResponseMetadata.ofAttempts(1, 0, Duration.ZERO)));
        calls.latest()
                .end(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT).with(ResponseMetadata.ofAttempts(2, 1, Duration.ZERO)));
        assertThat(hasty.failure().metadata().shared()).isFalse();
        assertThat(patient.failure().metadata().shared()).isFalse();
        assertThat(third.failure().metadata().shared()).isTrue();
    }

    @Test
    void a_request_after_the_end_opens_a_new_call() {
        verify(QUESTION);
        calls.latest().end(PASSED);
        verify(QUESTION).disconnect();
        verify(QUESTION);
        assertThat(calls.opened).hasSize(3);
        assertThat(verifier.inFlight()).isEqualTo(1);
    }

    @Test
    void no_call_is_opened_before_a_subscription() {
        verifier.verify(QUESTION, OPTIONS);
        assertThat(calls.opened).isEmpty();
        assertThat(verifier.inFlight()).isZero();
    }

    @Test
    void every_different_value_is_another_question() {
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
                .forEach(this::verify);
        assertThat(calls.opened).hasSize(7);
    }

    @Test
    void a_missing_document_type_equals_the_default() {
        verify(QUESTION);
        verify(question("6226090210146748", "Wei Xiaobao", "11204416541220243X", new CertType(0), null));
        assertThat(calls.opened).hasSize(1);
    }

    @Test
    void equal_ciphertexts_are_one_question() {
        for (var i = 0; i < 2; i++) {
            verify(question("6226090210146748", "cvtbksVKVIn0", "11204416541220243X", null,
                    new Encryption(List.of("Name"), "blob", "iv", "SM4-GCM", List.of("tag"))));
        }
        assertThat(calls.opened).hasSize(1);
    }

    @Test
    void fingerprints_differ_with_the_key() {
        var other = new byte[32];
        other[0] = 1;
        assertThat(Set.of(new Fingerprints(new byte[32], false).of(QUESTION), new Fingerprints(other, false).of(QUESTION)))
                .hasSize(2);
    }

    @Test
    void completions_that_race_with_cancels_leave_no_call_open() throws Exception {
        var later = Executors.newSingleThreadExecutor();
        var racing = verifier((request, gate, ended) -> new VerificationCall() {
            @Override
            public Uni<Completion> join(CallOptions options) {
                return Uni.createFrom().emitter(caller -> later.execute(() -> {
                    caller.complete(PASSED);
                    ended.accept(PASSED);
                }));
            }

            @Override
            public boolean isCommitted() {
                return true;
            }
        });
        for (var i = 0; i < 50_000; i++) {
            racing.verify(QUESTION, OPTIONS).subscribe().with(answer -> {
            }).cancel();
        }
        later.shutdown();
        assertThat(later.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(racing.inFlight()).isZero();
        assertThat(written).hasSize(50_000);
    }
}
