package io.cardverification.store;

import static io.cardverification.store.StoreSamples.NOT_SENT;
import static io.cardverification.store.StoreSamples.PASSED;
import static io.cardverification.store.StoreSamples.UNKNOWN;
import static io.cardverification.store.StoreSamples.bypassing;
import static io.cardverification.store.StoreSamples.call;
import static io.cardverification.store.StoreSamples.claim;
import static io.cardverification.store.StoreSamples.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** What every store does. */
public abstract class StoreContract {

    protected static final Duration TTL = Duration.ofHours(1);
    protected static final int MAX_KEYS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicLong calls = new AtomicLong();

    /** A store that keeps keys for {@link #TTL} and at most {@link #MAX_KEYS}. */
    protected abstract Store store();

    /** Moves the clock by which the store measures ages. */
    protected abstract void advance(Duration duration);

    protected static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    protected CallId nextId() {
        return new CallId(1, calls.incrementAndGet());
    }

    protected Optional<Completion> claimed(KeyClaim claim) {
        return get(store().claim(claim));
    }

    protected void assertRejected(Optional<Completion> completion, Reason reason) {
        assertThat(completion).hasValueSatisfying(
                found -> assertThat(((VerificationFailure) found).reason()).isEqualTo(reason));
    }

    @Test
    void a_new_store_is_available() {
        assertThat(store().isAvailable()).isTrue();
    }

    @Test
    void a_new_key_proceeds_and_so_does_its_repetition() {
        assertThat(claimed(claim(1, 1))).isEmpty();
        assertThat(claimed(claim(1, 1))).isEmpty();
    }

    @Test
    void rejects_a_key_in_progress_with_other_values() {
        assertThat(claimed(claim(1, 1))).isEmpty();
        assertRejected(claimed(claim(1, 2)), Reason.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void a_settled_key_gets_its_completion_with_its_age() {
        claimed(claim(1, 1));
        store().settle(claim(1, 1), PASSED);
        advance(Duration.ofSeconds(7));
        assertThat(claimed(claim(1, 1))).hasValueSatisfying(completion -> {
            assertThat(completion.metadata().reusedAfter()).contains(Duration.ofSeconds(7));
            assertThat(completion.metadata().attempts()).isEqualTo(1);
            assertThat(completion.with(PASSED.metadata())).isEqualTo(PASSED);
        });
        assertRejected(claimed(claim(1, 2)), Reason.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void a_completion_that_is_not_final_releases_the_key() {
        claimed(claim(1, 1));
        store().settle(claim(1, 1), NOT_SENT);
        assertThat(claimed(claim(1, 2))).isEmpty();
    }

    @Test
    void the_last_request_in_progress_releases_the_key() {
        claimed(claim(1, 1));
        claimed(claim(1, 1));
        store().settle(claim(1, 1), NOT_SENT);
        assertRejected(claimed(claim(1, 2)), Reason.IDEMPOTENCY_KEY_REUSED);
        store().settle(claim(1, 1), NOT_SENT);
        assertThat(claimed(claim(1, 2))).isEmpty();
    }

    @Test
    void the_first_final_completion_is_kept() {
        claimed(claim(1, 1));
        claimed(claim(1, 1));
        store().settle(claim(1, 1), PASSED);
        store().settle(claim(1, 1), new VerificationResult(ResultCode.CARD_LOST, "lost", "request-2"));
        assertThat(claimed(claim(1, 1)).map(Completion::label)).contains(PASSED.label());
    }

    @Test
    void a_known_charge_replaces_an_unknown_one() {
        claimed(claim(1, 1));
        claimed(claim(1, 1));
        claimed(claim(1, 1));
        store().settle(claim(1, 1), UNKNOWN);
        assertThat(claimed(claim(1, 1)).map(Completion::label)).contains(UNKNOWN.label());
        store().settle(claim(1, 1), PASSED);
        assertThat(claimed(claim(1, 1)).map(Completion::label)).contains(PASSED.label());
        store().settle(claim(1, 1), UNKNOWN);
        assertThat(claimed(claim(1, 1)).map(Completion::label)).contains(PASSED.label());
    }

    @Test
    void a_key_expires() {
        claimed(claim(1, 1));
        store().settle(claim(1, 1), PASSED);
        committed(call(nextId(), 99)); // all before is written
        advance(TTL.minusMillis(1));
        assertThat(claimed(claim(1, 1))).isPresent();
        advance(Duration.ofMillis(1));
        assertThat(claimed(claim(1, 2))).isEmpty();
        assertThat(committed(call(nextId(), 2, claim(1, 2)))).isEmpty();
    }

    @Test
    void rejects_a_new_key_when_the_store_is_full() {
        for (var key = 0; key < MAX_KEYS; key++) {
            if (claimed(claim(key, key)).isEmpty()) {
                store().settle(claim(key, key), PASSED);
            }
        }
        await().untilAsserted(() -> {
            var rejection = claimed(claim(MAX_KEYS, 1));
            assertRejected(rejection, Reason.IDEMPOTENCY_STORE_FULL);
            assertThat(((VerificationFailure) rejection.orElseThrow()).retryAfter()).contains(TTL);
        });
        assertThat(claimed(claim(1, 1)).map(Completion::label)).contains(PASSED.label());
    }

    @Test
    void an_answer_is_kept_until_it_expires() {
        assertThat(get(store().answer(question(1)))).isEmpty();
        store().keep(question(1), PASSED, Duration.ofMinutes(1));
        advance(Duration.ofSeconds(59));
        await().untilAsserted(() -> assertThat(get(store().answer(question(1)))).hasValueSatisfying(
                answer -> assertThat(answer.metadata().reusedAfter()).contains(Duration.ofSeconds(59))));
        assertThat(get(store().answer(question(2)))).isEmpty();
        advance(Duration.ofSeconds(1));
        assertThat(get(store().answer(question(1)))).isEmpty();
    }

    @Test
    void a_request_continues_in_its_own_context() {
        var vertx = Vertx.vertx();
        try {
            var context = vertx.getOrCreateContext();
            var contexts = Uni.createFrom().<List<Context>> emitter(receiver -> context.runOnContext(now -> store()
                    .claim(claim(1, 1)).map(known -> Vertx.currentContext())
                    .chain(claimed -> store().answer(question(1)).map(kept -> List.of(claimed, Vertx.currentContext())))
                    .subscribe().with(receiver::complete, receiver::fail)));
            assertThat(get(contexts)).containsExactly(context, context);
        } finally {
            vertx.close();
        }
    }

    @Test
    void a_newer_answer_replaces_the_earlier_one() {
        store().keep(question(1), PASSED, Duration.ofMinutes(1));
        store().keep(question(1), new VerificationResult(ResultCode.CARD_LOST, "lost", "request-2"), Duration.ofMinutes(2));
        await().untilAsserted(() -> assertThat(get(store().answer(question(1))).map(Completion::label))
                .contains("card-unusable"));
    }

    @Test
    void a_call_departs() {
        assertThat(committed(call(nextId(), 1))).isEmpty();
        assertThat(committed(call(nextId(), 2, claim(1, 2), claim(1, 2), claim(2, 2)))).isEmpty();
    }

    @Test
    void a_departing_call_learns_keys_that_were_settled_before() {
        claimed(claim(1, 1));
        store().settle(claim(1, 1), PASSED);
        assertThat(committed(call(nextId(), 1, claim(1, 1), claim(2, 1)))).hasSize(1).hasEntrySatisfying(claim(1, 1).key(),
                completion -> assertThat(completion.label()).isEqualTo(PASSED.label()));
    }

    @Test
    void a_call_with_a_kept_answer_is_not_sent() {
        store().keep(question(1), PASSED, Duration.ofMinutes(1));
        var departure = get(store().depart(call(nextId(), 1, claim(1, 1))));
        assertThat(departure).isInstanceOfSatisfying(Departure.NotSent.class, notSent -> {
            assertThat(notSent.completion().label()).isEqualTo(PASSED.label());
            assertThat(notSent.completion().metadata().reusedAfter()).isPresent();
        });
        assertThat(committed(bypassing(call(nextId(), 1, claim(1, 1))))).isEmpty();
    }

    @Test
    void an_ended_question_departs_again() {
        for (var time = 0; time < 3; time++) {
            var id = nextId();
            assertThat(committed(call(id, 1))).isEmpty();
            store().end(new EndedCall(id, PASSED, Map.of(StoreSamples.SHOP, 1)));
        }
    }

    /** @return the keys that were settled before */
    protected Map<Fingerprint, Completion> committed(DepartingCall call) {
        var departure = get(store().depart(call));
        assertThat(departure).isInstanceOf(Departure.Committed.class);
        return ((Departure.Committed) departure).settled();
    }
}
