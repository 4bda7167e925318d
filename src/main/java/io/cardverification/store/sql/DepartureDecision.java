package io.cardverification.store.sql;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.CallId;
import io.cardverification.store.DepartingCall;
import io.cardverification.store.Departure;
import io.cardverification.store.KeyClaim;
import io.cardverification.verification.BillingDay;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Decides within a transaction whether a call departs: its keys, an earlier answer, the same question of another process, the
 * limit of its caller.
 *
 * <p>
 * A call that does not depart leaves no row. Statements undo its rows, not a rollback, since the transaction contains other
 * calls.
 */
final class DepartureDecision {

    private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);

    private final Sql sql;
    private final DepartingCall call;
    private final long nowMillis;
    private final KeyLimit limit;
    private final Function<CallId, Uni<Optional<Completion>>> awaited;
    private final Map<Fingerprint, Completion> settled = new HashMap<>();
    private int newKeys;
    private @Nullable CallId elsewhere;

    /** @param awaited the completion of a call of another process */
    DepartureDecision(Sql sql, DepartingCall call, long nowMillis, KeyLimit limit,
            Function<CallId, Uni<Optional<Completion>>> awaited) {
        this.sql = sql;
        this.call = call;
        this.nowMillis = nowMillis;
        this.limit = limit;
        this.awaited = awaited;
    }

    /** After {@link #decide}: the number of keys that the table has more. */
    int newKeys() {
        return newKeys;
    }

    Uni<Departure> decide() {
        return Multi.createFrom().iterable(call.keys()).onItem().transformToUniAndConcatenate(this::claim)
                .collect().asList().chain(claimed -> elsewhere == null ? answerOrDepart() : elsewhere(elsewhere));
    }

    private Uni<Boolean> claim(KeyClaim claim) {
        if (limit.isReached(newKeys)) {
            return KeyTable.find(sql, claim.key())
                    .chain(known -> known.isPresent() ? claim(claim, known.get()) : rejectNew(claim));
        }
        return KeyTable.insert(sql, claim, call.id()).chain(isNew -> {
            newKeys += isNew ? 1 : 0;
            return isNew ? Uni.createFrom().item(true)
                    : KeyTable.find(sql, claim.key()).chain(known -> claim(claim, known.orElseThrow()));
        });
    }

    private Uni<Boolean> claim(KeyClaim claim, KeyRow known) {
        var isOurs = known.call().equals(call.id()) && known.completion() == null; // of another request that awaits this call
        if (!isOurs && known.isFree(nowMillis)) {
            return KeyTable.replace(sql, claim, call.id()).replaceWith(true);
        }
        if (!known.values().equals(claim.values())) {
            settled.put(claim.key(), VerificationFailure.of(Reason.IDEMPOTENCY_KEY_REUSED));
        } else if (!isOurs) {
            known.completion(nowMillis).ifPresentOrElse(
                    completion -> settled.put(claim.key(), completion.replay(nowMillis)), () -> elsewhere = known.call());
        }
        return Uni.createFrom().item(false);
    }

    private Uni<Boolean> rejectNew(KeyClaim claim) {
        return fullUntil(sql, nowMillis).map(rejection -> {
            settled.put(claim.key(), rejection);
            return false;
        });
    }

    /** The rejection of a new key while there are too many. */
    static Uni<Completion> fullUntil(Sql sql, long nowMillis) {
        return KeyTable.nextExpiry(sql).map(expiry -> {
            var pause = Duration.ofMillis(expiry.orElse(nowMillis) - nowMillis);
            return VerificationFailure.notSent(Reason.IDEMPOTENCY_STORE_FULL,
                    pause.compareTo(MIN_RETRY_AFTER) < 0 ? MIN_RETRY_AFTER : pause);
        });
    }

    private Uni<Departure> answerOrDepart() {
        var kept = call.bypassCache() ? Uni.createFrom().item(Optional.<Completion> empty())
                : AnswerTable.find(sql, call.question(), nowMillis);
        return kept.chain(answer -> answer.isPresent() ? undone(new Departure.NotSent(settled, answer.get())) : insert());
    }

    private Uni<Departure> insert() {
        return CallTable.insert(sql, call).chain(isNew -> isNew ? reserve()
                : CallTable.departing(sql, call.question()).chain(this::elsewhere));
    }

    private Uni<Departure> reserve() {
        return SpendTable.reserve(sql, BillingDay.of(call.at()), call.caller(), call.chargesPerDay())
                .chain(isReserved -> isReserved ? Uni.createFrom().item(new Departure.Committed(settled))
                        : CallTable.remove(sql, call.id())
                                .chain(() -> undone(new Departure.NotSent(settled, limitExceeded(call)))));
    }

    private Uni<Departure> elsewhere(CallId id) {
        return undone(new Departure.Elsewhere(settled, awaited.apply(id)));
    }

    private Uni<Departure> undone(Departure departure) {
        return KeyTable.release(sql, call.id()).map(removed -> {
            newKeys -= removed;
            return departure;
        });
    }

    static Completion limitExceeded(DepartingCall call) {
        return VerificationFailure.notSent(Reason.DAILY_LIMIT_EXCEEDED,
                Duration.between(call.at(), BillingDay.after(call.at())));
    }
}
