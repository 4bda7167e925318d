package io.cardverification.store.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.CallId;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.NanoClock;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Waits for the ends of other processes' calls. While any is awaited, one query at a time asks for the ends of all. If none
 * succeeds for the patience, all waits end: their requests were not sent.
 *
 * <p>
 * Rejected: notifications of the database. Only one engine has them, and a lost one would need the query as well.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions.
 */
final class CallAwaiter {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int MAX_CALLS_OF_A_QUERY = 32;
    private static final Optional<Completion> UNAVAILABLE = Optional.of(VerificationFailure.of(Reason.STORE_UNAVAILABLE));

    private final SqlEngine engine;
    private final StoreTimer timer;
    private final NanoClock nanoClock;
    private final Duration patience;
    /** The one that was asked for longest first. */
    private final Map<CallId, List<UniEmitter<? super Optional<Completion>>>> receivers = new LinkedHashMap<>();
    private boolean asking;
    private long lastGoodNanos;

    CallAwaiter(SqlEngine engine, StoreTimer timer, NanoClock nanoClock, Duration patience) {
        this.engine = engine;
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.patience = patience;
    }

    /**
     * The completion of a call, shared, or that the store cannot be read; empty if its process died, or its callers
     * disconnected before it was sent.
     */
    Uni<Optional<Completion>> await(CallId call) {
        return Uni.createFrom().emitter(receiver -> {
            add(call, receiver);
            receiver.onTermination(() -> remove(call, receiver));
        });
    }

    private synchronized void add(CallId call, UniEmitter<? super Optional<Completion>> receiver) {
        receivers.computeIfAbsent(call, id -> new ArrayList<>()).add(receiver);
        if (!asking) {
            asking = true;
            lastGoodNanos = nanoClock.nanos();
            timer.after(INTERVAL, this::ask);
        }
    }

    private synchronized void remove(CallId call, UniEmitter<? super Optional<Completion>> receiver) {
        receivers.computeIfPresent(call, (id, all) -> all.remove(receiver) && all.isEmpty() ? null : all);
    }

    private void ask() {
        var next = next();
        if (!next.isEmpty()) {
            engine.read(sql -> CallTable.find(sql, next)).ifNoItem().after(patience).on(timer.executor()).fail()
                    .subscribe().with(found -> {
                        onGood();
                        tell(next, found);
                        askLater();
                    }, failure -> {
                        unreachable().forEach(receiver -> receiver.complete(UNAVAILABLE));
                        askLater();
                    });
        }
    }

    private synchronized void onGood() {
        lastGoodNanos = nanoClock.nanos();
    }

    /** All receivers, if no query has succeeded for the patience. */
    private synchronized List<UniEmitter<? super Optional<Completion>>> unreachable() {
        if (nanoClock.nanos() - lastGoodNanos < patience.toNanos()) {
            return List.of();
        }
        var all = receivers.values().stream().<UniEmitter<? super Optional<Completion>>> flatMap(List::stream).toList();
        receivers.clear();
        lastGoodNanos = nanoClock.nanos(); // of those that come before the next query
        return all;
    }

    private synchronized List<CallId> next() {
        var next = receivers.keySet().stream().limit(MAX_CALLS_OF_A_QUERY).toList();
        next.forEach(id -> receivers.put(id, rotated(receivers.remove(id))));
        asking = !next.isEmpty();
        return next;
    }

    private static List<UniEmitter<? super Optional<Completion>>> rotated(
            @Nullable List<UniEmitter<? super Optional<Completion>>> all) {
        return all == null ? new ArrayList<>() : all;
    }

    private void askLater() {
        timer.after(INTERVAL, this::ask);
    }

    private void tell(List<CallId> asked, Collection<CallTable.Awaited> found) {
        var byId = new HashMap<CallId, CallTable.Awaited>();
        found.forEach(call -> byId.put(call.id(), call));
        for (var id : asked) {
            var call = byId.get(id);
            if (call == null || call.hasEnded()) {
                var completion = Optional.ofNullable(call).map(CallTable.Awaited::completion)
                        .filter(ended -> !isAbandoned(ended)).map(CallAwaiter::shared);
                taken(id).forEach(receiver -> receiver.complete(completion));
            }
        }
    }

    /** That is the end of its callers, and no answer for others. */
    private static boolean isAbandoned(Completion completion) {
        return completion instanceof VerificationFailure failure && failure.reason() == Reason.CALLER_DISCONNECTED;
    }

    private synchronized List<UniEmitter<? super Optional<Completion>>> taken(CallId id) {
        var all = receivers.remove(id);
        return all == null ? List.of() : all;
    }

    /** Another caller bears the charge. */
    private static Completion shared(Completion completion) {
        return completion.charge() == Charge.NOT_SENT ? completion : completion.with(completion.metadata().asShared());
    }
}
