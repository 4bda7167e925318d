package io.cardverification.sharing;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Accounts;
import io.cardverification.verification.Caller;
import io.cardverification.verification.ChargeDay;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Inquiries;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.NanoClock;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.cardverification.verification.Verifier;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Lets identical questions be one inquiry while it is in flight, and for as long as its answer is kept; and writes down what
 * became of each.
 *
 * <p>
 * Threads: any. The map owns who is in flight: a flight is found, opened, left and closed, and what becomes of its keys and its
 * answer is settled, within the map's own operations on its question. So nobody ever sees it gone and its answer not yet kept.
 */
@Startup // its cryptography is loaded with it
@Singleton
final class SharingVerifier implements Verifier {

    private final Inquiries inquiries;
    private final Accounts accounts;
    private final Ledger ledger;
    private final Clock clock;
    private final NanoClock nanoClock;
    private final boolean acrossCallers;
    private final Fingerprints fingerprints;
    private final Answers answers;
    private final IdempotencyKeys keys;
    private final ConcurrentMap<CoalescingKey, Flight> flights = new ConcurrentHashMap<>();

    SharingVerifier(Inquiries inquiries, Accounts accounts, Ledger ledger, Clock clock, NanoClock nanoClock,
            SharingConfig config, Fingerprints fingerprints) {
        this.inquiries = inquiries;
        this.accounts = accounts;
        this.ledger = ledger;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.acrossCallers = config.acrossCallers();
        this.fingerprints = fingerprints;
        SharingRules.require(config);
        this.answers = new Answers(config.reuse());
        this.keys = new IdempotencyKeys(config.idempotency());
    }

    @Override
    public Uni<VerificationResult> verify(VerificationRequest request, Terms terms) {
        return Uni.createFrom().emitter(caller -> ask(request, terms, caller));
    }

    private void ask(VerificationRequest request, Terms terms, UniEmitter<? super VerificationResult> caller) {
        var fingerprint = fingerprints.of(request);
        var name = terms.idempotencyKey();
        var asker = new Asker(terms.caller().name(), fingerprint, request.bankCard().lastFour());
        if (!ledger.isAvailable()) {
            tell(asker, asker.caller(), Conclusion.of(VerificationFailure.ledgerUnavailable()), caller);
            return;
        }
        var question = new CoalescingKey(acrossCallers ? "" : asker.caller(), fingerprint);
        var key = name == null ? null : fingerprints.of(asker.caller(), name);
        var kept = new AtomicReference<>(Optional.<Kept> empty());
        try {
            var flight = flights.compute(question, (same, known) -> {
                var answer = kept(same, asker, key, known != null || terms.fresh());
                kept.set(Optional.ofNullable(answer));
                if (answer != null) {
                    return known;
                }
                account(terms.caller(), known, key);
                return (known == null ? opened(request, same, asker) : known).board(key);
            });
            if (kept.get().isPresent()) {
                tell(asker, asker.caller(), kept.get().get().told(nanoClock.nanos()), caller);
            } else if (flight != null) {
                await(flight, terms, question, asker, caller);
            }
        } catch (VerificationFailure refusal) { // the key forbids it, or the caller's account
            tell(asker, asker.caller(), Conclusion.of(refusal), caller);
        }
    }

    /** @param afresh whether only the same key can have its answer already */
    private @Nullable Kept kept(CoalescingKey question, Asker asker, @Nullable ByteBuffer key, boolean afresh) {
        var repeated = key == null ? null : keys.claim(asker.caller(), key, asker.fingerprint(), nanoClock.nanos());
        return repeated != null || afresh ? repeated : reused(question, key);
    }

    /** What is refused here has not been asked, so its key is not known; unless it is the key of one that is under way. */
    private void account(Caller caller, @Nullable Flight known, @Nullable ByteBuffer key) {
        try {
            accounts.open(caller);
        } catch (VerificationFailure refusal) {
            if (key != null && (known == null || !known.hasAboard(key))) {
                settle(key, null);
            }
            throw refusal;
        }
    }

    private @Nullable Kept reused(CoalescingKey question, @Nullable ByteBuffer key) {
        var nowNanos = nanoClock.nanos();
        var answer = answers.find(question, nowNanos);
        if (answer != null && key != null) {
            keys.ended(key, answer.conclusion(), answer.atNanos(), nowNanos);
        }
        return answer;
    }

    private Flight opened(VerificationRequest request, CoalescingKey question, Asker initiator) {
        var now = clock.instant();
        var flight = new Flight(initiator.caller(),
                nanoClock.nanos() + Duration.between(now, ChargeDay.after(now)).toNanos());
        flight.inquire(inquiries.open(request, conclusion -> ended(flight, question, conclusion)));
        return flight;
    }

    private void await(Flight flight, Terms terms, CoalescingKey question, Asker asker,
            UniEmitter<? super VerificationResult> caller) {
        // Once for each, although Mutiny tells of both where an answer races with a cancel.
        var done = new AtomicBoolean();
        Consumer<Conclusion> arrival = conclusion -> {
            if (!done.getAndSet(true)) {
                var told = flight.tell(conclusion);
                accounts.close(asker.caller(), told);
                tell(asker, flight.initiator(), told, caller);
                leave(flight, question, null);
            }
        };
        var awaiting = flight.inquiry().join(terms).subscribe().with(result -> arrival.accept(Conclusion.of(result)),
                failure -> arrival.accept(Conclusion.of(told(failure))));
        caller.onTermination(() -> {
            if (!done.getAndSet(true)) {
                awaiting.cancel();
                leave(flight, question, asker);
            }
        });
    }

    /** Nobody else fails there; who did may have sent it. */
    private static VerificationFailure told(Throwable failure) {
        return failure instanceof VerificationFailure told ? told : VerificationFailure.silent();
    }

    private void tell(Asker asker, String initiator, Conclusion conclusion,
            UniEmitter<? super VerificationResult> caller) {
        ledger.enter(asker.told(conclusion, initiator));
        var result = conclusion.result();
        if (result != null) {
            caller.complete(result);
        } else {
            caller.fail(conclusion.failure());
        }
    }

    /** @param leaver null where the caller had its answer */
    private void leave(Flight flight, CoalescingKey question, @Nullable Asker leaver) {
        flights.compute(question, (same, known) -> {
            if (flight.leave(leaver)) {
                return closed(flight, known, null);
            }
            return known;
        });
        write(flight);
    }

    private void ended(Flight flight, CoalescingKey question, Conclusion conclusion) {
        flights.compute(question, (same, known) -> {
            answers.keep(same, conclusion, flight.nextDayNanos(), nanoClock.nanos());
            return closed(flight, known, conclusion);
        });
        write(flight);
    }

    /** @return who is in flight then */
    private @Nullable Flight closed(Flight flight, @Nullable Flight known, @Nullable Conclusion conclusion) {
        flight.close(conclusion).forEach(key -> settle(key, conclusion));
        return known == flight ? null : known;
    }

    private void settle(ByteBuffer key, @Nullable Conclusion conclusion) {
        var nowNanos = nanoClock.nanos();
        keys.ended(key, conclusion, nowNanos, nowNanos);
    }

    /** Those who left are written down when it is known what they left. */
    private void write(Flight flight) {
        flight.writable().forEach(entry -> {
            accounts.close(entry.caller(), entry.conclusion());
            ledger.enter(entry);
        });
    }

    int inFlight() {
        return flights.size();
    }
}
