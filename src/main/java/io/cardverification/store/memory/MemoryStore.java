package io.cardverification.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.cardverification.store.CallId;
import io.cardverification.store.DepartingCall;
import io.cardverification.store.Departure;
import io.cardverification.store.EndedCall;
import io.cardverification.store.InterruptedCall;
import io.cardverification.store.KeyClaim;
import io.cardverification.store.Store;
import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.NanoClock;
import io.cardverification.verification.StoredCompletion;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;

/**
 * The store of one process, in memory. The monotonic clock measures all ages, so a change of the wall clock ends none early.
 *
 * <p>
 * Threads: any; keys and answers have a lock each. Every {@code Uni} emits at once, on the calling thread.
 */
public final class MemoryStore implements Store {

    private static final Departure COMMITTED = new Departure.Committed(Map.of());

    private final IdempotencyStore keys;
    private final KeptAnswers answers;
    private final NanoClock nanoClock;

    /**
     * @param maxKeys the most keys
     * @param keyTtl how long a key is known after its request ended
     * @param maxAnswers the most answers
     */
    public MemoryStore(int maxKeys, Duration keyTtl, int maxAnswers, NanoClock nanoClock) {
        this.keys = new IdempotencyStore(maxKeys, keyTtl);
        this.answers = new KeptAnswers(maxAnswers);
        this.nanoClock = nanoClock;
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public int pending() {
        return 0;
    }

    @Override
    public void onInterrupted(Consumer<InterruptedCall> listener) {
        // a process that ends takes everything with it
    }

    @Override
    public Uni<Optional<Completion>> claim(KeyClaim claim) {
        return Uni.createFrom().item(() -> keys.claim(claim.caller(), claim.key(), claim.values(), nanoClock.nanos()));
    }

    @Override
    public void settle(KeyClaim claim, Completion completion) {
        keys.settle(claim.key(), completion, nanoClock.nanos());
    }

    @Override
    public Uni<Optional<Completion>> answer(SharingKey question) {
        return Uni.createFrom().item(() -> answers.find(question, nanoClock.nanos()));
    }

    @Override
    public void keep(SharingKey question, VerificationResult result, Duration ttl) {
        var nowNanos = nanoClock.nanos();
        answers.put(question, StoredCompletion.of(result, nowNanos, nowNanos + ttl.toNanos()));
    }

    @Override
    public Uni<Departure> depart(DepartingCall call) {
        return Uni.createFrom().item(() -> decide(call));
    }

    private Departure decide(DepartingCall call) {
        var nowNanos = nanoClock.nanos();
        var settled = new HashMap<Fingerprint, Completion>();
        call.keys().forEach(claim -> keys.find(claim.key(), nowNanos)
                .ifPresent(completion -> settled.put(claim.key(), completion)));
        var kept = call.bypassCache() ? Optional.<Completion> empty() : answers.find(call.question(), nowNanos);
        return kept.<Departure> map(answer -> new Departure.NotSent(settled, answer))
                .orElseGet(() -> settled.isEmpty() ? COMMITTED : new Departure.Committed(settled));
    }

    @Override
    public void join(CallId call, KeyClaim claim) {
        // the key is known from its claim on
    }

    @Override
    public Uni<Departure> departAgain(DepartingCall call, boolean mayBeCharged) {
        return Uni.createFrom().item(COMMITTED);
    }

    @Override
    public void end(EndedCall call) {
        // the caller's quota counts the charges
    }

    @Override
    public void append(Ledger.Entry entry, Instant at) {
        // the lines of the ledger are its only record
    }

    @Override
    public Uni<Map<String, Integer>> spent(LocalDate day) {
        return Uni.createFrom().item(Map.of());
    }
}
