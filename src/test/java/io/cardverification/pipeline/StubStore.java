package io.cardverification.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
import io.cardverification.verification.Ledger;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Knows nothing, decides departures when the test says so, and keeps what it was told, in order. */
final class StubStore implements Store {

    final List<DepartingCall> departing = new ArrayList<>();
    final List<DepartingCall> departingAgain = new ArrayList<>();
    /** Of the last departure of {@link #departingAgain}. */
    boolean mayBeCharged;
    final List<UniEmitter<? super Departure>> decisions = new ArrayList<>();
    final List<Object> records = new ArrayList<>();
    boolean available = true;
    Uni<Optional<Completion>> answer = Uni.createFrom().item(Optional.empty());

    void decide(Departure departure) {
        decisions.remove(0).complete(departure);
    }

    void fail(Throwable failure) {
        decisions.remove(0).fail(failure);
    }

    List<EndedCall> ends() {
        return records.stream().filter(EndedCall.class::isInstance).map(EndedCall.class::cast).toList();
    }

    @Override
    public boolean isAvailable() {
        return available;
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
        // no process died
    }

    @Override
    public Uni<Optional<Completion>> claim(KeyClaim claim) {
        return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public void settle(KeyClaim claim, Completion completion) {
        records.add(completion);
    }

    @Override
    public Uni<Optional<Completion>> answer(SharingKey question) {
        return answer;
    }

    @Override
    public void keep(SharingKey question, VerificationResult result, Duration ttl) {
        records.add(ttl);
    }

    @Override
    public Uni<Departure> depart(DepartingCall call) {
        departing.add(call);
        return Uni.createFrom().emitter(decisions::add);
    }

    @Override
    public Uni<Departure> departAgain(DepartingCall call, boolean mayBeCharged) {
        departingAgain.add(call);
        this.mayBeCharged = mayBeCharged;
        return Uni.createFrom().emitter(decisions::add);
    }

    @Override
    public void join(CallId call, KeyClaim claim) {
        records.add(claim);
    }

    @Override
    public void end(EndedCall call) {
        records.add(call);
    }

    @Override
    public void append(Ledger.Entry entry, Instant at) {
        records.add(entry);
    }

    @Override
    public Uni<Map<String, Integer>> spent(LocalDate day) {
        return Uni.createFrom().item(Map.of());
    }
}
