package io.cardverification.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.store.Departure;
import io.cardverification.store.EndedCall;
import io.cardverification.store.KeyClaim;
import io.cardverification.store.StoreUnavailable;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.DepartureGate.Abandoned;
import io.cardverification.verification.DepartureGate.Clearance;
import io.cardverification.verification.DepartureGate.Cleared;
import io.cardverification.verification.DepartureGate.Completed;
import io.cardverification.verification.DepartureGate.Elsewhere;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;

/** The record of a call in the store: committed before it is sent, ended once, and never left open. */
class DepartureRecordTest {

    private static final Departure COMMITTED = new Departure.Committed(Map.of());
    private static final Completion PASSED = new VerificationResult(ResultCode.AUTHENTICATED, "passed", "id");
    private static final Completion REUSED = PASSED.with(PASSED.metadata().reused(Duration.ofSeconds(5)));

    private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final StubCalls calls = new StubCalls();
    private final StubStore store = new StubStore();
    private final List<Clearance> clearances = new ArrayList<>();
    private final VerificationPipeline verifier = TestPipeline.of(calls, new StubQuotas(), new StubLedger(), store, clock,
            clock);

    private Answer verify(@Nullable String key) {
        return TestPipeline.verify(verifier, "6226090210146748", "caller", false, key);
    }

    private void clear(boolean mayBeCharged) {
        calls.latest().committed = true;
        calls.latest().gate.clear(mayBeCharged).subscribe().with(clearances::add, failure -> {
        });
    }

    private void end(Completion completion) {
        List.copyOf(calls.latest().joined).forEach(request -> request.complete(completion));
        calls.latest().onEnded.accept(completion);
    }

    @Test
    void call_is_cleared_when_the_store_has_committed() {
        verify("key");
        clear(false);
        assertThat(clearances).isEmpty();
        store.decide(COMMITTED);
        assertThat(clearances).hasExactlyElementsOfTypes(Cleared.class);
        assertThat(store.departing).singleElement().satisfies(call -> {
            assertThat(call.caller()).isEqualTo("caller");
            assertThat(call.keys()).hasSize(1);
            assertThat(call.at()).isEqualTo(clock.instant());
        });
    }

    @Test
    void settled_keys_come_before_the_end() {
        verify("key");
        clear(false);
        store.decide(COMMITTED);
        end(PASSED);
        assertThat(store.records).hasSize(2).first().isInstanceOf(Completion.class);
        assertThat(store.records).last().isEqualTo(new EndedCall(store.departing.get(0).id(), PASSED, Map.of("caller", 1)));
    }

    @Test
    void key_that_joins_a_departed_call_is_bound() {
        verify("one");
        clear(false);
        verify("two");
        store.decide(COMMITTED);
        verify("three");
        assertThat(store.departing.get(0).keys()).hasSize(1);
        assertThat(store.records).hasSize(2).allMatch(KeyClaim.class::isInstance);
    }

    @Test
    void call_without_waiters_is_ended_as_not_sent() {
        var leaver = verify("key");
        calls.latest().gate.clear(false).subscribe().with(clearances::add);
        leaver.disconnect();
        assertThat(store.ends()).isEmpty();
        store.decide(COMMITTED);
        assertThat(clearances).hasExactlyElementsOfTypes(Abandoned.class);
        assertThat(store.ends()).singleElement().satisfies(end -> {
            assertThat(end.completion().charge()).isEqualTo(Charge.NOT_SENT);
            assertThat(end.charges()).isEmpty();
        });
        assertThat(verifier.inFlight()).isZero();
    }

    @Test
    void call_abandoned_after_its_commit_is_ended_once() {
        var leaver = verify("key");
        calls.latest().gate.clear(false).subscribe().with(clearances::add);
        store.decide(COMMITTED);
        leaver.disconnect();
        assertThat(store.ends()).singleElement().matches(end -> end.completion().charge() == Charge.NOT_SENT);
    }

    @Test
    void sent_call_of_a_disconnected_caller_is_ended_with_its_charge() {
        var leaver = verify("key");
        clear(false);
        store.decide(COMMITTED);
        leaver.disconnect();
        assertThat(store.ends()).isEmpty();
        end(PASSED);
        assertThat(store.ends()).singleElement().matches(end -> end.charges().equals(Map.of("caller", 1)));
    }

    @Test
    void kept_answer_ends_the_call_unsent() {
        verify(null);
        clear(false);
        store.decide(new Departure.NotSent(Map.of(), REUSED));
        assertThat(clearances).singleElement().isEqualTo(new Completed(REUSED));
        end(REUSED);
        assertThat(store.records).isEmpty();
    }

    @Test
    void request_with_a_settled_key_gets_its_completion_at_once() {
        var keyed = verify("key");
        var other = verify(null);
        clear(false);
        var key = store.departing.get(0).keys().get(0).key();
        store.decide(new Departure.Committed(Map.of(key, REUSED)));
        assertThat(keyed.result().metadata().reusedAfter()).isPresent();
        other.assertPending();
        assertThat(clearances).hasExactlyElementsOfTypes(Cleared.class);
    }

    @Test
    void call_whose_requests_are_all_settled_is_not_sent() {
        verify("key");
        clear(false);
        var key = store.departing.get(0).keys().get(0).key();
        store.decide(new Departure.Committed(Map.of(key, VerificationFailure.of(Reason.IDEMPOTENCY_KEY_REUSED))));
        assertThat(clearances).hasExactlyElementsOfTypes(Abandoned.class);
        assertThat(store.ends()).singleElement().matches(end -> end.completion().charge() == Charge.NOT_SENT);
    }

    @Test
    void call_departs_anew_after_the_other_process_died() {
        verify("key");
        clear(false);
        store.decide(new Departure.Elsewhere(Map.of(), Uni.createFrom().item(Optional.empty())));
        assertThat(clearances).hasExactlyElementsOfTypes(Elsewhere.class);
        clear(false);
        store.decide(COMMITTED);
        assertThat(clearances).hasExactlyElementsOfTypes(Elsewhere.class, Cleared.class);
        assertThat(store.departing).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void further_attempt_departs_again(boolean mayBeCharged) {
        verify("key");
        clear(false);
        store.decide(COMMITTED);
        clear(mayBeCharged);
        assertThat(clearances).hasSize(1);
        store.decide(COMMITTED);
        assertThat(clearances).hasSize(2).allMatch(Cleared.class::isInstance);
        assertThat(store.departingAgain).isEqualTo(store.departing);
        assertThat(store.mayBeCharged).isEqualTo(mayBeCharged);
    }

    @Test
    void call_that_another_process_ended_is_not_sent_again() {
        var caller = verify("key");
        clear(false);
        store.decide(COMMITTED);
        clear(false);
        store.decide(new Departure.NotSent(Map.of(), VerificationFailure.of(Reason.INTERRUPTED)));
        assertThat(clearances).last().isInstanceOf(Completed.class);
        end(VerificationFailure.of(Reason.LIMIT_EXCEEDED));
        assertThat(caller.failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(store.ends()).hasSize(1);
    }

    @Test
    void limit_of_one_caller_does_not_stop_the_others() {
        var shared = TestPipeline.of(calls, new StubQuotas(), new StubLedger(), store, clock, clock,
                "sharing.across-callers", "true");
        var payer = TestPipeline.verify(shared, "6226090210146748", "payer", false, null);
        var other = TestPipeline.verify(shared, "6226090210146748", "other", false, null);
        clear(false);
        store.decide(new Departure.NotSent(Map.of(), VerificationFailure.of(Reason.DAILY_LIMIT_EXCEEDED)));
        assertThat(payer.failure().reason()).isEqualTo(Reason.DAILY_LIMIT_EXCEEDED);
        other.assertPending();
        assertThat(clearances).hasExactlyElementsOfTypes(Abandoned.class);
        clear(false);
        assertThat(store.departing).last().satisfies(call -> assertThat(call.caller()).isEqualTo("other"));
        store.decide(new Departure.NotSent(Map.of(), VerificationFailure.of(Reason.DAILY_LIMIT_EXCEEDED)));
        assertThat(clearances).hasExactlyElementsOfTypes(Abandoned.class, Completed.class);
    }

    @Test
    void further_attempt_has_the_keys_that_joined_meanwhile() {
        verify(null);
        clear(false);
        verify("one");
        store.decide(COMMITTED);
        verify("two");
        clear(true);
        assertThat(store.departing.get(0).keys()).isEmpty();
        assertThat(store.departingAgain.get(0).keys()).hasSize(2);
    }

    @Test
    void attempts_share_a_departure_that_is_not_decided() {
        verify("key");
        clear(false);
        clear(false);
        assertThat(store.departing).hasSize(1);
        store.decide(COMMITTED);
        assertThat(clearances).hasSize(2).allMatch(Cleared.class::isInstance);
        end(PASSED);
        assertThat(store.ends()).hasSize(1);
    }

    @Test
    void request_of_an_abandoned_call_opens_another() {
        verify("key");
        calls.latest().joined.get(0).complete(VerificationFailure.of(Reason.CALLER_DISCONNECTED));
        assertThat(calls.opened).hasSize(2);
        assertThat(calls.latest().joined).hasSize(1);
    }

    @Test
    void call_is_not_cleared_while_the_store_fails() {
        verify("key");
        clear(false);
        store.fail(new StoreUnavailable("away"));
        assertThat(clearances).isEmpty();
        end(VerificationFailure.of(Reason.STORE_UNAVAILABLE));
        assertThat(store.ends()).isEmpty();
    }

    @Test
    void requests_are_rejected_while_the_store_is_unavailable() {
        store.available = false;
        assertThat(verify("key").failure().reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
        assertThat(calls.opened).isEmpty();
    }

    @Test
    void store_failure_before_the_call_releases_the_key() {
        store.answer = Uni.createFrom().failure(new StoreUnavailable("away"));
        assertThat(verify("key").failure().reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
        assertThat(store.records).singleElement().satisfies(settled -> {
            assertThat(((VerificationFailure) settled).reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
            assertThat(((Completion) settled).isFinal()).isFalse();
        });
    }
}
