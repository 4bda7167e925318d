package io.cardverification.coalescing;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.DepartingCall;
import io.cardverification.store.Departure;
import io.cardverification.store.EndedCall;
import io.cardverification.store.KeyClaim;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.DepartureGate;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Uni;

/**
 * The record of one call in the store: committed before its first attempt is sent, and ended once.
 *
 * <p>
 * Threads: any; its own lock guards its state, for a few instructions. The store and the callbacks are called outside it.
 */
final class CallRecord implements DepartureGate {

    private static final Clearance CLEARED = new Cleared();
    private static final Clearance ABANDONED = new Abandoned();

    private final RecordedCalls calls;
    private final CallerRequest first;
    private final Supplier<List<CallerRequest>> waiting;
    private final Consumer<Map<Fingerprint, Completion>> onSettled;
    private final BiPredicate<String, Completion> onRejected;
    /** Not null from the commit on. */
    private @Nullable DepartingCall committed;
    /** Not null while the store decides. */
    private @Nullable CompletableFuture<Clearance> deciding;
    private @Nullable Completion ended;
    private Map<String, Integer> charges = Map.of();

    /**
     * @param waiting the requests that await the call
     * @param onSettled receives the completions of keys whose requests must not wait for this call
     * @param onRejected receives a caller whose requests must not wait for this call, and tells whether others wait
     */
    CallRecord(RecordedCalls calls, CallerRequest first, Supplier<List<CallerRequest>> waiting,
            Consumer<Map<Fingerprint, Completion>> onSettled, BiPredicate<String, Completion> onRejected) {
        this.calls = calls;
        this.first = first;
        this.waiting = waiting;
        this.onSettled = onSettled;
        this.onRejected = onRejected;
    }

    /**
     * An attempt may begin while the store still decides about one that was cancelled. It gets the same decision: a second
     * departure would await the end of the first, which is its own.
     */
    @Override
    public Uni<Clearance> clear(boolean mayBeCharged) {
        return Uni.createFrom().deferred(() -> {
            var decision = new CompletableFuture<Clearance>();
            DepartingCall earlier;
            synchronized (this) {
                if (deciding != null) {
                    return result(deciding);
                }
                earlier = committed;
                deciding = decision;
            }
            decide(earlier, mayBeCharged, decision);
            return result(decision);
        });
    }

    /** A cancelled attempt does not cancel the decision: a call that was committed must be ended. */
    private static Uni<Clearance> result(CompletableFuture<Clearance> decision) {
        return Uni.createFrom().completionStage(decision.minimalCompletionStage());
    }

    private void decide(@Nullable DepartingCall earlier, boolean mayBeCharged, CompletableFuture<Clearance> decision) {
        var call = earlier == null ? departing() : earlier;
        (earlier == null ? calls.store().depart(call) : calls.store().departAgain(call, mayBeCharged)).subscribe()
                .with(departure -> {
                    var clearance = decided(call, departure);
                    onDecided();
                    decision.complete(clearance);
                }, failure -> {
                    onDecided();
                    decision.completeExceptionally(failure);
                });
    }

    private synchronized void onDecided() {
        deciding = null;
    }

    private synchronized @Nullable DepartingCall committed() {
        return committed;
    }

    private DepartingCall departing() {
        var requests = waiting.get();
        var payer = requests.isEmpty() ? first : requests.get(0);
        return new DepartingCall(calls.ids().next(), first.sharingKey(), first.fingerprint(),
                first.values().bankCard().lastFour(), payer.caller(), payer.options().caller().chargesPerDay(),
                requests.stream().anyMatch(request -> request.options().bypassCache()), claims(requests),
                calls.clock().instant());
    }

    private static List<KeyClaim> claims(List<CallerRequest> requests) {
        return requests.stream().flatMap(request -> claim(request).stream()).toList();
    }

    private static Optional<KeyClaim> claim(CallerRequest request) {
        return Optional.ofNullable(request.idempotencyKey())
                .map(key -> new KeyClaim(request.caller(), key, request.fingerprint()));
    }

    private Clearance decided(DepartingCall call, Departure departure) {
        if (departure instanceof Departure.Committed done) {
            onSettled.accept(done.settled());
            if (waiting.get().isEmpty()) {
                calls.store().end(new EndedCall(call.id(), VerificationFailure.of(Reason.CALLER_DISCONNECTED), Map.of()));
                return ABANDONED;
            }
            onCommitted(call);
            return CLEARED;
        }
        if (departure instanceof Departure.NotSent not) {
            onSettled.accept(not.settled());
            return isOfPayer(not.completion()) && onRejected.test(call.caller(), not.completion()) ? ABANDONED
                    : new Completed(not.completion());
        }
        var other = (Departure.Elsewhere) departure;
        onSettled.accept(other.settled());
        return new Elsewhere(other.completion());
    }

    /** The limit of one caller does not concern the requests of others. */
    private static boolean isOfPayer(Completion completion) {
        return completion instanceof VerificationFailure failure && failure.reason() == Reason.DAILY_LIMIT_EXCEEDED;
    }

    private void onCommitted(DepartingCall call) {
        EndedCall end;
        synchronized (this) {
            committed = call;
            end = end(call);
        }
        if (end != null) {
            calls.store().end(end);
            return;
        }
        var known = new HashSet<>(call.keys());
        claims(waiting.get()).stream().filter(claim -> !known.contains(claim))
                .forEach(claim -> join(call, claim));
    }

    /** Also a later attempt then is one with this key. */
    private void join(DepartingCall call, KeyClaim claim) {
        synchronized (this) {
            committed = (committed == null ? call : committed).with(claim);
        }
        calls.store().join(call.id(), claim);
    }

    /** A request awaits the call from now on. */
    void join(CallerRequest request) {
        var call = committed();
        if (call != null) {
            claim(request).ifPresent(claim -> join(call, claim));
        }
    }

    /**
     * No further attempt follows. The first call counts.
     *
     * @param charges by caller
     */
    void end(Completion completion, Map<String, Integer> charges) {
        EndedCall end;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = completion;
            this.charges = charges;
            end = end(committed);
        }
        if (end != null) {
            calls.store().end(end);
        }
    }

    /** Null if the call was not committed or has not ended. */
    private @Nullable EndedCall end(@Nullable DepartingCall call) {
        return call == null || ended == null ? null : new EndedCall(call.id(), ended, charges);
    }
}
