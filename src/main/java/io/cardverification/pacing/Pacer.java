package io.cardverification.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.PermitDenied.Reason;
import io.smallrye.mutiny.Uni;

/**
 * Lets work leave at the rate of the sliding log, in the order of the queue.
 *
 * <p>
 * Threads: any; state has one owner, {@code lock}, which is held for a few instructions and never while work runs or riders
 * are told. Work starts on the caller's thread where a permit is free, else on the timer's or on that of whoever gave a permit
 * back.
 */
public final class Pacer {

    /**
     * How often one request is sent at most. A queue that moves seldom refuses the same one twice, since it is sent first in
     * its next round; one that is refused again and again is not refused for the queue's sake.
     */
    private static final int MOST_REFUSALS = 5;

    private final Object lock = new Object();
    private final SlidingWindowLog log;
    private final AdaptiveLimit allowance;
    private final RejectionBackoff lockOut;
    private final LaneScheduler waiting;
    private final PacerStats tally;
    private long riders;
    private final AdmissionGate bar = new AdmissionGate();
    /** What rests, and the permit by which it ran last, so that a timer of an earlier rest wakes nobody. */
    private final Map<PacedTask<?>, Permit> resting = new HashMap<>();
    private @Nullable LimitRefused lastRefusal;
    private boolean timerArmed;
    private long armedForNanos;
    private long timers;

    private final LongSupplier nanoClock;
    private final DelayScheduler timer;
    private final PacerListener journal;

    Pacer(PacingConfig config, LongSupplier nanoClock, DelayScheduler timer, PacerListener journal) {
        var window = config.window();
        this.allowance = new AdaptiveLimit(config.limit(), window, config.margin(), config.coldMargin());
        this.log = new SlidingWindowLog(window, allowance);
        this.lockOut = new RejectionBackoff(config.lockOut(), window.dividedBy(config.limit()), window);
        this.waiting = new LaneScheduler(config.batchPercent());
        this.tally = new PacerStats(window, config.limit());
        this.nanoClock = nanoClock;
        this.timer = timer;
        this.journal = journal;
        if (config.predecessor()) {
            log.fill(nanoClock.getAsLong());
        }
    }

    /** @see #turn(Function, Consumer) */
    public <T> PacedTask<T> turn(Function<Permit, Uni<T>> work) {
        return turn(work, ride -> {
        });
    }

    /**
     * Work that is started when its turn comes, and never after all who wanted it have left.
     *
     * @param work must tell its permit when its request leaves, as close to the wire as it can. Where it fails with
     *        {@link LimitRefused} it is started again before all others of its lane, where it fails with {@link Again} before
     *        all others of its caller; both within the same deadlines.
     * @param ended told how the work ended, once, after all riders who are left, on any thread; never of work that had not
     *        departed when the last one left. Must not block and must not throw.
     */
    public <T> PacedTask<T> turn(Function<Permit, Uni<T>> work, Consumer<TaskResult<T>> ended) {
        return new PacedTask<>(this, work, ended);
    }

    /** From now on nobody gets a permit; who waits is told so at once, and what runs is left alone. */
    public void stop(Duration retryAfter) {
        List<Runnable> news;
        synchronized (lock) {
            news = dismissAll(bar.stop(retryAfter));
        }
        news.forEach(Runnable::run);
    }

    /**
     * The same until {@link #lift}, or half a minute after that was expected.
     *
     * @param retryAfter when that is expected
     */
    public void bar(Duration retryAfter) {
        List<Runnable> news;
        synchronized (lock) {
            var nowNanos = nanoClock.getAsLong();
            bar.lower(nowNanos + retryAfter.toNanos());
            var refusal = bar.refusal(nowNanos);
            news = refusal == null ? List.of() : dismissAll(refusal);
        }
        news.forEach(Runnable::run);
    }

    public void lift() {
        synchronized (lock) {
            bar.lift();
        }
    }

    <T> Uni<TaskResult<T>> join(PacedTask<T> turn, QueueOptions place) {
        return Uni.createFrom().emitter(caller -> {
            Waiter<T> rider;
            PermitDenied refusal;
            boolean done;
            synchronized (lock) {
                rider = new Waiter<>(turn, caller, nanoClock.getAsLong(), place.maxWait(), riders++);
                done = turn.state() == PacedTask.State.DONE;
                refusal = done ? null : enter(rider, place);
            }
            if (done) {
                turn.tell(rider);
            } else if (refusal != null) {
                rider.arrive(null, refusal, nanoClock.getAsLong());
            } else {
                caller.onTermination(() -> leave(rider));
                release();
            }
        });
    }

    private <T> @Nullable PermitDenied enter(Waiter<T> rider, QueueOptions place) {
        var turn = rider.turn();
        var refusal = switch (turn.state()) {
            case RUNNING -> null;
            case RESTING -> tooLong(turn.expectedNanos() - nanoClock.getAsLong(), place);
            default -> queue(rider, place);
        };
        if (refusal == null) {
            turn.add(rider);
        } else {
            tally.notGranted(refusal.reason());
        }
        return refusal;
    }

    private @Nullable PermitDenied queue(Waiter<?> rider, QueueOptions place) {
        var turn = rider.turn();
        var nowNanos = nanoClock.getAsLong();
        if (bar.isDown(nowNanos)) {
            return bar.refusal(nowNanos);
        }
        if (lockOut.lockedNanos(nowNanos) > 0) {
            return lockedOut(nowNanos);
        }
        var waits = turn.state() == PacedTask.State.WAITING;
        var isRetry = waits && waiting.isRetry(turn);
        var waitNanos = waitNanos(nowNanos, isRetry ? waiting.aheadOfRetry(place) : waiting.ahead(place));
        var sooner = !waits || waitNanos < turn.expectedNanos() - nowNanos;
        var expectedNanos = sooner ? waitNanos : Math.max(0, turn.expectedNanos() - nowNanos);
        var refusal = tooLong(expectedNanos, place);
        if (refusal != null) {
            return refusal;
        }
        if (sooner && !(waits && waiting.hasReturned(turn))) {
            if (waits) {
                waiting.remove(turn);
            }
            turn.waitAt(place, nowNanos + waitNanos);
            if (isRetry) {
                waiting.addRetry(turn);
            } else {
                waiting.add(turn);
            }
        }
        waiting.add(rider);
        return null;
    }

    private static @Nullable PermitDenied tooLong(long waitNanos, QueueOptions place) {
        var beyondNanos = waitNanos - place.maxWait().toNanos();
        return beyondNanos > 0 ? new PermitDenied(Reason.QUEUE_FULL, beyondNanos, null) : null;
    }

    private PermitDenied lockedOut(long nowNanos) {
        return new PermitDenied(Reason.LOCKED_OUT, lockOut.lockedNanos(nowNanos),
                lastRefusal == null ? null : lastRefusal.failure());
    }

    private long waitNanos(long nowNanos, int ahead) {
        return Math.max(log.waitNanos(nowNanos, ahead), lockOut.pauseNanos(nowNanos));
    }

    private void leave(Waiter<?> rider) {
        List<Runnable> news;
        synchronized (lock) {
            var turn = rider.turn();
            if (!turn.remove(rider)) {
                return; // it has been told
            }
            if (turn.permit() == null) {
                tally.cancelled();
            }
            waiting.remove(rider);
            news = deserted(turn);
        }
        news.forEach(Runnable::run);
        release(); // it may have held what others wait for
    }

    /**
     * Where somebody is left it goes on, and where its request is beyond recall. What has run once ends as it ended then; of
     * all else nothing remains.
     */
    private <T> List<Runnable> deserted(PacedTask<T> turn) {
        var permit = turn.permit();
        if (!turn.riders().isEmpty() || (permit != null && !takeBack(permit))) {
            return List.of();
        }
        if (turn.state() == PacedTask.State.WAITING) {
            waiting.remove(turn);
        }
        resting.remove(turn);
        var last = turn.last();
        if (last != null) {
            return conclude(turn, null, last);
        }
        var running = turn.abandon();
        return running == null ? List.of() : List.of(running::cancel);
    }

    boolean isBeyondRecall(PacedTask<?> turn) {
        synchronized (lock) {
            return turn.permit() != null || turn.state() == PacedTask.State.DONE;
        }
    }

    private void release() {
        for (var next = next(); next != null; next = next()) {
            next.run();
        }
    }

    /**
     * Takes who may leave now, or may wait no longer, out of the queue; if nobody, sees to it that somebody will ask again.
     * Nobody should have to wait longer than was predicted when it came, but the network, the upstream and those with
     * precedence may all take more than was known.
     */
    private @Nullable Runnable next() {
        synchronized (lock) {
            if (waiting.isEmpty()) {
                return null;
            }
            var nowNanos = nanoClock.getAsLong();
            var waitNanos = waitNanos(nowNanos, 0);
            if (waitNanos <= 0) {
                return grant(waiting.next(), nowNanos);
            }
            var rider = waiting.mostUrgent();
            if (rider != null && rider.patienceNanos(nowNanos) <= 0) {
                return waitedOut(rider, nowNanos);
            }
            arm(nowNanos, waitNanos);
            return null;
        }
    }

    private <T> Runnable grant(PacedTask<T> turn, long nowNanos) {
        var permit = new Permit(this);
        log.take();
        turn.grant(permit, nowNanos);
        var lane = turn.place().lane();
        var waited = turn.riders().stream().mapToLong(rider -> rider.waitedNanos(nowNanos)).max().orElse(0);
        return () -> {
            journal.granted(lane, waited);
            start(turn, permit);
        };
    }

    /** What has run once is told as that ended: it is the reason why it waited longer than predicted. */
    private <T> Runnable waitedOut(Waiter<T> rider, long nowNanos) {
        var turn = rider.turn();
        var last = turn.last();
        turn.remove(rider);
        waiting.remove(rider);
        tally.notGranted(Reason.WAITED_OUT);
        var failure = last != null ? last
                : new PermitDenied(Reason.WAITED_OUT,
                        waitNanos(nowNanos, waiting.ahead(turn.place())) - rider.maxWaitNanos(), null);
        var news = deserted(turn);
        return () -> {
            rider.arrive(null, failure, nowNanos);
            news.forEach(Runnable::run);
        };
    }

    private <T> void start(PacedTask<T> turn, Permit permit) {
        synchronized (lock) {
            if (!turn.runsBy(permit)) {
                return; // all left between grant and start
            }
        }
        var running = Uni.createFrom().deferred(() -> turn.work(permit))
                .onTermination().invoke(() -> ended(permit))
                .subscribe().with(item -> done(turn, permit, item, null), failure -> failed(turn, permit, failure));
        synchronized (lock) {
            if (turn.runsBy(permit)) {
                turn.running(running);
                return;
            }
        }
        // All left while it was being started, or it is done already, and then this does nothing.
        running.cancel();
    }

    private <T> void failed(PacedTask<T> turn, Permit permit, Throwable failure) {
        if (failure instanceof LimitRefused refusal) {
            refused(turn, permit, refusal);
        } else if (failure instanceof Again again) {
            again(turn, permit, again);
        } else {
            done(turn, permit, null, failure);
        }
    }

    private <T> void done(PacedTask<T> turn, Permit permit, @Nullable T item, @Nullable Throwable failure) {
        List<Runnable> news;
        synchronized (lock) {
            if (permit.hasDeparted()) {
                lockOut.admitted();
            }
            news = finish(turn, permit, item, failure);
        }
        news.forEach(Runnable::run);
        release(); // what was held back by a refusal may go on
    }

    private static <T> List<Runnable> finish(PacedTask<T> turn, Permit permit, @Nullable T item, @Nullable Throwable failure) {
        return turn.runsBy(permit) ? conclude(turn, item, failure) : List.of();
    }

    private static <T> List<Runnable> conclude(PacedTask<T> turn, @Nullable T item, @Nullable Throwable failure) {
        turn.done(item, failure);
        var news = new ArrayList<Runnable>();
        turn.dismiss().forEach(rider -> news.add(() -> turn.tell(rider)));
        news.add(turn::end);
        return news;
    }

    private <T> void again(PacedTask<T> turn, Permit permit, Again again) {
        List<Runnable> news = List.of();
        synchronized (lock) {
            if (permit.hasDeparted()) {
                lockOut.admitted();
            }
            if (turn.runsBy(permit)) {
                turn.ran(again.failure());
                if (bar.isDown(nanoClock.getAsLong()) || turn.riders().isEmpty()) {
                    news = conclude(turn, null, again.failure());
                } else if (again.rest().isZero()) {
                    retry(turn, nanoClock.getAsLong());
                } else {
                    news = rest(turn, permit, again);
                }
            }
        }
        news.forEach(Runnable::run);
        release();
    }

    private <T> List<Runnable> rest(PacedTask<T> turn, Permit permit, Again again) {
        var nowNanos = nanoClock.getAsLong();
        var restNanos = again.rest().toNanos();
        var news = new ArrayList<Runnable>();
        for (var rider : turn.dismiss()) {
            if (rider.patienceNanos(nowNanos) < restNanos) {
                news.add(() -> rider.arrive(null, again.failure(), nowNanos));
            } else {
                turn.add(rider);
            }
        }
        if (turn.riders().isEmpty()) {
            news.addAll(conclude(turn, null, again.failure()));
        } else {
            turn.rest(nowNanos + restNanos);
            resting.put(turn, permit);
            timer.after(restNanos, () -> rested(turn, permit));
        }
        return news;
    }

    private void rested(PacedTask<?> turn, Permit permit) {
        synchronized (lock) {
            if (resting.remove(turn, permit)) {
                retry(turn, nanoClock.getAsLong());
            }
        }
        release();
    }

    /** Before all others of its caller, in that caller's turn. */
    private void retry(PacedTask<?> turn, long nowNanos) {
        turn.back(nowNanos + waitNanos(nowNanos, waiting.aheadOfRetry(turn.place())));
        waiting.addRetry(turn);
    }

    /** Before all others of its lane. */
    private void sendBack(PacedTask<?> turn, long nowNanos) {
        turn.back(nowNanos + waitNanos(nowNanos, 0));
        waiting.addReturned(turn);
    }

    private <T> void refused(PacedTask<T> turn, Permit permit, LimitRefused refusal) {
        var news = new ArrayList<Runnable>();
        synchronized (lock) {
            var nowNanos = nanoClock.getAsLong();
            tally.limitRefused();
            lastRefusal = refusal;
            if (!allowance.doubted()) {
                news.add(journal::doubted);
            }
            allowance.refused(permit.round());
            var wasLocked = lockOut.lockedNanos(nowNanos) > 0;
            var times = turn.runsBy(permit) ? turn.refusedBy(refusal) : 1;
            var isLocked = lockOut.refused(times, nowNanos);
            if (turn.runsBy(permit)) {
                if (times < MOST_REFUSALS && !isLocked && !bar.isDown(nowNanos) && !turn.riders().isEmpty()) {
                    sendBack(turn, nowNanos);
                } else {
                    news.addAll(finish(turn, permit, null, refusal.failure()));
                }
            }
            if (isLocked && !wasLocked) {
                allowance.lockedOut();
                var dismissed = dismissAll(lockedOut(nowNanos));
                news.add(() -> journal.lockedOut(dismissed.size()));
                news.addAll(dismissed);
            }
        }
        news.forEach(Runnable::run);
        release();
    }

    /** What has run once ends as it ended then. */
    private List<Runnable> dismissAll(PermitDenied refusal) {
        var nowNanos = nanoClock.getAsLong();
        var news = new ArrayList<Runnable>();
        var all = waiting.drain();
        if (bar.isDown(nowNanos)) {
            all.addAll(resting.keySet());
            resting.clear();
        }
        for (var turn : all) {
            turn.riders().forEach(rider -> tally.notGranted(refusal.reason()));
            var last = turn.last();
            if (last != null) {
                news.addAll(conclude(turn, null, last));
            } else {
                turn.dismiss().forEach(rider -> news.add(() -> rider.arrive(null, refusal, nowNanos)));
                turn.abandon();
            }
        }
        return news;
    }

    boolean departed(Permit permit) {
        boolean trusted;
        synchronized (lock) {
            trusted = permit.depart() && countHolder(permit);
        }
        if (trusted) {
            journal.trusted();
        }
        return permit.hasDeparted();
    }

    boolean withdraw(Permit permit) {
        boolean isBack;
        synchronized (lock) {
            isBack = takeBack(permit);
        }
        release();
        return isBack;
    }

    /** What never departs does not count. */
    private boolean takeBack(Permit permit) {
        if (permit.end()) {
            log.giveBack();
        }
        return !permit.hasDeparted();
    }

    private void ended(Permit permit) {
        boolean trusted;
        synchronized (lock) {
            trusted = permit.end() && countHolder(permit);
        }
        if (trusted) {
            journal.trusted();
        }
    }

    private boolean countHolder(Permit permit) {
        log.giveBack();
        return count(permit, nanoClock.getAsLong());
    }

    /** @return whether the upstream is no longer doubted by that */
    private boolean count(Permit permit, long nowNanos) {
        var doubted = allowance.doubted();
        log.note(nowNanos);
        tally.departed(nowNanos);
        permit.stamp(allowance.departed());
        arm(nowNanos, waitNanos(nowNanos, 0));
        return doubted && !allowance.doubted();
    }

    /**
     * For when the next one may leave, as far as is known, or somebody may wait no longer. A timer that is overtaken by an
     * earlier one rings in vain.
     */
    private void arm(long nowNanos, long waitNanos) {
        var rider = waiting.mostUrgent();
        if (rider == null) {
            return;
        }
        var delayNanos = Math.max(1, Math.min(waitNanos, rider.patienceNanos(nowNanos)));
        if (!timerArmed || nowNanos + delayNanos - armedForNanos < 0) {
            timerArmed = true;
            armedForNanos = nowNanos + delayNanos;
            var thisTimer = ++timers;
            timer.after(delayNanos, () -> ring(thisTimer));
        }
    }

    private void ring(long thisTimer) {
        synchronized (lock) {
            timerArmed &= thisTimer != timers;
        }
        release();
    }

    /** What somebody who came now would find. */
    public Availability opening() {
        synchronized (lock) {
            var nowNanos = nanoClock.getAsLong();
            var ahead = waiting.size(QueueLane.INTERACTIVE) + waiting.size(QueueLane.BATCH);
            var closedNanos = Math.max(bar.downNanos(nowNanos), lockOut.lockedNanos(nowNanos));
            var waitNanos = Math.max(waitNanos(nowNanos, ahead), closedNanos);
            return new Availability(waitNanos > 0 ? 0 : log.free(nowNanos), Duration.ofNanos(waitNanos));
        }
    }

    /** What is true now. */
    PacerSnapshot snapshot() {
        synchronized (lock) {
            return PacerSnapshot.of(allowance, log, waiting, tally, nanoClock.getAsLong());
        }
    }
}
