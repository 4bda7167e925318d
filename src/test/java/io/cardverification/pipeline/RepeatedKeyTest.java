package io.cardverification.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.Ledger.Entry;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;

/** A repeated idempotency key gets the first answer. */
class RepeatedKeyTest extends AnswersFixture {

    private final List<Entry> written = ledger.written;

    private static Reason reason(Answer caller) {
        return caller.failure().reason();
    }

    @Test
    void a_repeated_key_gets_the_first_answer_and_its_age() {
        verify("6226090210146748", "key");
        calls.latest().end(PASSED);
        clock.pass(Duration.ofMinutes(59));
        var again = verify("6226090210146748", "key").result();
        assertThat(calls.opened).hasSize(1);
        assertThat(again.requestId()).isEqualTo("id");
        assertThat(again.metadata().reusedAfter()).contains(Duration.ofMinutes(59));
        assertThat(written).hasSize(2);
        assertThat(written.get(1).completion().metadata().reusedAfter()).isPresent();
    }

    @Test
    void no_cache_does_not_override_a_key() {
        verify("6226090210146748", "key");
        calls.latest().end(PASSED);
        assertThat(verify("6226090210146748", "caller", true, "key").result().metadata().reusedAfter()).isPresent();
    }

    @Test
    void a_repeated_key_joins_the_call_in_progress() {
        var first = verify("6226090210146748", "key");
        var second = verify("6226090210146748", "key");
        calls.latest().end(PASSED);
        assertThat(first.result().metadata().shared()).isFalse();
        assertThat(second.result().metadata().shared()).isTrue();
    }

    @Test
    void a_repeated_key_after_a_disconnect_is_charged_once() {
        var dropped = verify("6226090210146748", "key");
        calls.latest().committed = true;
        dropped.disconnect();
        calls.latest().end(PASSED);
        assertThat(verify("6226090210146748", "key").result().requestId()).isEqualTo("id");
        assertThat(calls.opened).hasSize(1);
    }

    @Test
    void a_key_with_other_values_is_rejected() {
        verify("6226090210146748", "key");
        assertThat(reason(verify("6226090210146749", "key"))).isEqualTo(Reason.IDEMPOTENCY_KEY_REUSED);
        calls.latest().end(PASSED);
        assertThat(reason(verify("6226090210146749", "key"))).isEqualTo(Reason.IDEMPOTENCY_KEY_REUSED);
        assertThat(calls.opened).hasSize(1);
        assertThat(written).hasSize(3);
    }

    @Test
    void two_callers_may_use_the_same_key() {
        verify("6226090210146748", "one", false, "key");
        calls.latest().end(PASSED);
        verify("6226090210146749", "other", false, "key").assertPending();
        assertThat(calls.opened).hasSize(2);
    }

    @Test
    void a_key_expires() {
        verify("6226090210146748", "key");
        calls.latest().end(PASSED);
        clock.pass(Duration.ofHours(1));
        verify("6226090210146749", "key").assertPending();
    }

    @Test
    void an_unknown_charge_is_kept_for_its_key() {
        verify("6226090210146748", "key");
        calls.latest().end(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT));
        assertThat(reason(verify("6226090210146748", "key"))).isEqualTo(Reason.UPSTREAM_TIMEOUT);
        assertThat(calls.opened).hasSize(1);
    }

    @Test
    void an_undecided_free_request_frees_its_key() {
        for (var end : List.of(VerificationFailure.of(Reason.UPSTREAM_UNREACHABLE), result("-17"),
                VerificationFailure.byUpstream(Reason.UPSTREAM_FAILED, "InternalError", "id"))) {
            verify("6226090210146748", "key").assertPending();
            calls.latest().end(end);
        }
        assertThat(calls.opened).hasSize(3);
        verify("6226090210146748", "key").disconnect();
        verify("6226090210146749", "key").assertPending();
    }

    @Test
    void a_rejected_request_frees_its_key_beside_a_waiting_one() {
        verify("6226090210146748", "key");
        var patient = verify("6226090210146748", null);
        calls.latest().joined.get(0).complete(VerificationFailure.notSent(Reason.QUEUE_FULL, Duration.ofSeconds(1)));
        calls.latest().end(PASSED);
        assertThat(patient.result().metadata().shared()).isFalse();
        verify("6226090210146748", "key").assertPending();
        assertThat(calls.opened).hasSize(2);
    }

    @Test
    void a_known_charge_replaces_an_unknown_one() {
        verify("6226090210146748", "key");
        verify("6226090210146748", "key");
        calls.latest().send();
        calls.latest().joined.get(0).complete(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT));
        assertThat(reason(verify("6226090210146748", "key"))).isEqualTo(Reason.UPSTREAM_TIMEOUT);
        calls.latest().end(PASSED);
        assertThat(verify("6226090210146748", "key").result().requestId()).isEqualTo("id");
        assertThat(calls.opened).hasSize(1);
    }

    @Test
    void a_full_queue_frees_the_key() {
        verify("6226090210146748", "key");
        calls.latest().joined.get(0).complete(VerificationFailure.notSent(Reason.QUEUE_FULL, Duration.ofSeconds(1)));
        verify("6226090210146748", "key").assertPending();
        assertThat(calls.opened).hasSize(2);
    }

    @Test
    void a_full_store_rejects_new_keys_with_retry_after() {
        verifier = verifier("idempotency.max-entries", "2");
        for (var key : List.of("one", "two")) {
            verify("6226090210146748", key);
            calls.latest().end(PASSED);
        }
        clock.pass(Duration.ofMinutes(50));
        var refused = verify("6226090210146748", "three").failure();
        assertThat(refused.reason()).isEqualTo(Reason.IDEMPOTENCY_STORE_FULL);
        assertThat(refused.retryAfter()).contains(Duration.ofMinutes(10));
        assertThat(verify("6226090210146748", "one").result().metadata().reusedAfter()).isPresent();
        clock.pass(Duration.ofMinutes(10));
        verify("6226090210146748", "three").assertPending();
    }

}
