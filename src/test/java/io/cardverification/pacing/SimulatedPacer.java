package io.cardverification.pacing;

import java.time.Duration;
import java.util.List;

import io.cardverification.verification.Lane;

/** The core of a pacer on leased permits, in a simulated process. Plays the shell: one event, then polls. */
public final class SimulatedPacer implements LeasedPermits, Permit.Owner {

    /** The process in which the pacer runs. */
    public interface Host {

        long nowNanos();

        long wallMillis();

        /** Drops the task if the process has died meanwhile. */
        void schedule(long delayNanos, Runnable task);

        void starved();

        /** The request may be sent after a connection was made. */
        void dispatched(SimulatedAttempt attempt);

        /** A waiter received its result. */
        void ended(int task, boolean isServed);
    }

    private final Host process;
    private final PacerCore core;
    private final PacerListener listener = new RecordingPacerListener();

    public SimulatedPacer(Host process, int limit, Duration startupMargin) {
        this.process = process;
        var config = new TestPacingConfig(limit, Duration.ofSeconds(1), Duration.ofMillis(20), startupMargin,
                Duration.ofSeconds(20), 10, Duration.ofSeconds(5), false);
        this.core = new PacerCore(config, this, this::onTimer, process.nowNanos());
        core.leases().begin(process::starved, process.nowNanos());
    }

    public void join(int number, Lane lane, Duration maxWait) {
        var attempts = new SimulatedAttempt.Dispatcher(this, process, number);
        core.join(attempts.task(), new QueueOptions(lane, "caller " + number % 5, maxWait),
                result -> process.ended(number, result instanceof TaskResult.Completed), process.nowNanos());
        settle();
    }

    public void stop() {
        core.stop(Duration.ofSeconds(5), process.nowNanos());
        settle();
    }

    public Availability availability() {
        return core.availability(process.nowNanos());
    }

    PacerCore core() {
        return core;
    }

    private void onTimer(long number) {
        core.onTimer(number, process.nowNanos());
        settle();
    }

    void settle() {
        do {
            for (var effect : core.takeEffects()) {
                effect.apply(process::schedule, listener);
            }
        } while (core.poll(process.nowNanos()));
        for (var effect : core.takeEffects()) {
            effect.apply(process::schedule, listener);
        }
    }

    @Override
    public boolean markSent(Permit permit) {
        core.leases().compareClocks(process.nowNanos(), process.wallMillis());
        return core.markSent(permit, process.nowNanos());
    }

    @Override
    public boolean revoke(Permit permit) {
        return core.revoke(permit);
    }

    @Override
    public void lose(Duration retryAfter) {
        core.loseLease(retryAfter, process.nowNanos());
        settle();
    }

    @Override
    public void extend(Lease lease) {
        core.leases().extend(lease);
        settle();
    }

    @Override
    public void grant(long restNanos) {
        core.leases().grant(restNanos, process.nowNanos());
        settle();
    }

    @Override
    public void withdraw(int count) {
        core.leases().withdraw(count);
    }

    @Override
    public int giveUp(int max) {
        return core.leases().giveUp(max, process.nowNanos());
    }

    @Override
    public List<Long> giveUpAll() {
        return core.leases().giveUpAll(process.nowNanos());
    }

    @Override
    public void expect(int permits, int usable, long marginNanos) {
        core.leases().expect(permits, usable, marginNanos);
        settle();
    }

    @Override
    public void adoptLimit(int limit) {
        core.leases().adoptLimit(limit);
        settle();
    }

    @Override
    public void observe(long departures, long rejections) {
        core.leases().observe(departures, rejections);
        settle();
    }

    @Override
    public PermitDemand demand() {
        return core.leases().demand(process.nowNanos());
    }
}
