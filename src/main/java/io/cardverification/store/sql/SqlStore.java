package io.cardverification.store.sql;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.CallId;
import io.cardverification.store.DepartingCall;
import io.cardverification.store.Departure;
import io.cardverification.store.EndedCall;
import io.cardverification.store.InterruptedCall;
import io.cardverification.store.KeyClaim;
import io.cardverification.store.Store;
import io.cardverification.store.StoreUnavailable;
import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.NanoClock;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;

/** A store in a database. Everything that is written goes through one {@link StoreWriter}. Threads: any. */
public final class SqlStore implements Store {

    private final SqlEngine engine;
    private final StoreSettings settings;
    private final Clock clock;
    private final StoreTimer timer;
    private final StoreWriter writer;
    private final KeysInProgress inProgress = new KeysInProgress();
    private final KeyLimit limit;
    private final Departures departures;
    private final AtomicLong entries = new AtomicLong();
    private final Recovery recovery;
    private final Interruptions interruptions = new Interruptions();
    private volatile @Nullable String notOpened;

    public SqlStore(SqlEngine engine, StoreSettings settings, Clock clock, NanoClock nanoClock,
            StoreTimer timer) {
        this.engine = engine;
        this.settings = settings;
        this.clock = clock;
        this.timer = timer;
        this.writer = new StoreWriter(engine, settings, clock, nanoClock, timer);
        this.limit = new KeyLimit(settings.maxKeys());
        this.departures = new Departures(writer, settings, limit,
                new CallAwaiter(engine, timer, nanoClock, settings.patience()), clock, timer);
        this.recovery = new Recovery(settings.process(), settings.retryUnknown(), settings.keyTtl(), entries::incrementAndGet);
    }

    /**
     * Opens the store; what was added before is written afterwards. Once, until it succeeds. The tables must exist.
     *
     * @param agreed settings that must have the same values at all gateways
     * @param isExclusive whether all other processes are dead
     * @return the calls of dead processes
     */
    public Uni<List<Recovered>> open(List<AgreedSetting> agreed, boolean isExclusive) {
        var nowMillis = clock.millis();
        return engine.inTransaction(sql -> (isExclusive ? ProcessTable.others(sql, settings.process())
                .chain(dead -> recovery.run(sql, dead, nowMillis)) : Uni.createFrom().item(List.<Recovered> of()))
                .call(() -> SettingTable.agree(sql, settings.process(), agreed, nowMillis))
                .call(() -> ProcessTable.advance(sql, settings.process(), 0, nowMillis)))
                .invoke(interruptions::add)
                .invoke(() -> {
                    writer.start();
                    new Housekeeping(engine, writer, limit, clock, timer).start();
                });
    }

    /** When the last call ended, in milliseconds since 1970; empty if none ended within some minutes. */
    public static Uni<Optional<Long>> lastEnd(Sql sql) {
        return CallTable.lastEnd(sql);
    }

    /** @param reason why the store could not be opened yet; null when it is */
    public void reportOpening(@Nullable String reason) {
        notOpened = reason;
    }

    /** Ends the calls of dead processes. Never lost; emits after the commit. */
    public Uni<List<Recovered>> recover(Collection<Long> dead) {
        var all = List.copyOf(dead);
        return Uni.createFrom().emitter(receiver -> writer.add(sql -> recovery.run(sql, all, clock.millis())
                .map(recovered -> () -> {
                    interruptions.add(recovered);
                    receiver.complete(recovered);
                })));
    }

    /**
     * Ends the calls of all processes but the living.
     *
     * @param living asked in the transaction, since a process may start until then; empty if it is not known
     */
    public void recoverAllBut(Function<Sql, Uni<Optional<Set<Long>>>> living) {
        writer.add(sql -> living.apply(sql)
                .chain(known -> known.isPresent() ? dead(sql, known.get()) : Uni.createFrom().item(List.<Long> of()))
                .chain(dead -> recovery.run(sql, dead, clock.millis()))
                .map(recovered -> () -> interruptions.add(recovered)));
    }

    private Uni<List<Long>> dead(Sql sql, Set<Long> living) {
        return ProcessTable.others(sql, settings.process())
                .map(others -> others.stream().filter(process -> !living.contains(process)).toList());
    }

    /** Emits when everything is written that was added before. The process then has nothing that others must recover. */
    public Uni<Void> drain() {
        return Uni.createFrom().emitter(receiver -> {
            Operation retire = sql -> CallTable.open(sql, settings.process())
                    .chain(calls -> calls.isEmpty() ? ProcessTable.retire(sql, List.of(settings.process()), clock.millis())
                            : Uni.createFrom().voidItem())
                    .map(done -> () -> receiver.complete(null));
            Runnable whenAppended = () -> writer.add(retire);
            writer.addLater(sql -> Uni.createFrom().item(whenAppended));
        });
    }

    @Override
    public boolean isAvailable() {
        return settings.sendsWithoutStore() ? writer.hasRoom() : writer.isAvailable();
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(notOpened).or(writer::failure);
    }

    @Override
    public int pending() {
        return writer.pending();
    }

    @Override
    public void onInterrupted(Consumer<InterruptedCall> listener) {
        interruptions.onInterrupted(listener);
    }

    @Override
    public Uni<Optional<Completion>> claim(KeyClaim claim) {
        return Uni.createFrom().deferred(() -> {
            var nowMillis = clock.millis();
            var known = inProgress.acquire(claim, nowMillis);
            return known.isPresent() || inProgress.isReleasing(claim) ? Uni.createFrom().item(known)
                    : read(sql -> KeyTable.find(sql, claim.key())
                            .chain(row -> row.isPresent() ? Uni.createFrom().item(answer(row.get(), claim, nowMillis))
                                    : newKey(sql, nowMillis)))
                            .map(answer -> answer.or(() -> inProgress.completion(claim, nowMillis)))
                            .invoke(answer -> answer.ifPresent(completion -> inProgress.abandon(claim)))
                            .onFailure().invoke(failure -> inProgress.abandon(claim));
        });
    }

    private static Optional<Completion> answer(KeyRow row, KeyClaim claim, long nowMillis) {
        return row.isFree(nowMillis) || row.values().equals(claim.values())
                ? row.completion(nowMillis).map(completion -> completion.replay(nowMillis))
                : Optional.of(VerificationFailure.of(Reason.IDEMPOTENCY_KEY_REUSED));
    }

    private Uni<Optional<Completion>> newKey(Sql sql, long nowMillis) {
        return limit.isReached(0) ? DepartureDecision.fullUntil(sql, nowMillis).map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
    }

    @Override
    public void settle(KeyClaim claim, Completion completion) {
        var nowMillis = clock.millis();
        if (completion.isFinal()) {
            var dated = DatedCompletion.of(completion, nowMillis);
            inProgress.settle(claim, dated);
            var expiresMillis = nowMillis + settings.keyTtl().toMillis();
            writer.add(sql -> KeyTable.settle(sql, claim, settings.process(), dated, nowMillis, expiresMillis)
                    .map(added -> () -> {
                        limit.add(added);
                        inProgress.written(claim);
                    }));
            return;
        }
        var calls = inProgress.release(claim);
        if (!calls.isEmpty()) {
            writer.add(sql -> KeyTable.release(sql, claim, calls).map(removed -> () -> {
                limit.add(-removed);
                inProgress.released(claim);
            }));
        }
    }

    @Override
    public Uni<Optional<Completion>> answer(SharingKey question) {
        return read(sql -> AnswerTable.find(sql, question, clock.millis())).onFailure().recoverWithItem(Optional.empty());
    }

    @Override
    public void keep(SharingKey question, VerificationResult result, Duration ttl) {
        var nowMillis = clock.millis();
        var answer = DatedCompletion.of(result, nowMillis);
        writer.add(sql -> AnswerTable.put(sql, question, answer, nowMillis + ttl.toMillis()).replaceWith(Operation.NOTHING));
    }

    @Override
    public Uni<Departure> depart(DepartingCall call) {
        call.keys().forEach(key -> inProgress.bind(key, call.id()));
        return departures.depart(call);
    }

    @Override
    public Uni<Departure> departAgain(DepartingCall call, boolean mayBeCharged) {
        return departures.departAgain(call, mayBeCharged);
    }

    @Override
    public void join(CallId call, KeyClaim claim) {
        inProgress.bind(claim, call);
        writer.add(sql -> KeyTable.join(sql, claim, call, clock.millis()).map(isNew -> () -> limit.add(isNew ? 1 : 0)));
    }

    @Override
    public void end(EndedCall call) {
        var nowMillis = clock.millis();
        writer.add(sql -> CallTable.end(sql, call.id(), call.completion(), nowMillis)
                .chain(charged -> charged.isPresent() ? SpendTable.replace(sql, charged.get(), call.charges())
                        : Uni.createFrom().voidItem())
                .replaceWith(Operation.NOTHING));
    }

    @Override
    public void append(Ledger.Entry entry, Instant at) {
        var number = entries.incrementAndGet();
        var row = new AppendOperation(List.of(new LedgerRow(settings.process(), number, entry, at)));
        if (entry.completion().maxCharges() > 0) {
            writer.add(row);
        } else {
            writer.addLater(row);
        }
    }

    @Override
    public Uni<Map<String, Integer>> spent(LocalDate day) {
        return read(sql -> SpendTable.of(sql, day));
    }

    private <T> Uni<T> read(Function<Sql, Uni<T>> work) {
        return SubscriberContext.resume(engine.read(work).ifNoItem().after(settings.patience()).on(timer.executor()).fail()
                .onFailure().transform(failure -> new StoreUnavailable("the store cannot be read")));
    }
}
