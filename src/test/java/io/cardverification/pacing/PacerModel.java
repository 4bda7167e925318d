package io.cardverification.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import io.cardverification.pacing.ModelTask.ModelWaiter;
import io.cardverification.verification.Lane;

/**
 * One run of the core under random events, and the invariants that hold after each of them.
 *
 * <p>
 * Plays the shell and its threads, which interleave in any order: an event, each poll after it, the start of an attempt
 * and a late timer are steps of their own.
 */
final class PacerModel implements Permit.Owner {

    private static final int TASKS = 6;
    private static final int WAITERS = 40;

    private final long seed;
    private final Random random;
    private final TestPacingConfig config;
    private final PacerCore core;
    private final PacerListener listener = new RecordingPacerListener();
    private final List<ModelTask> tasks = new ArrayList<>();
    private final List<ModelWaiter> waiters = new ArrayList<>();
    private final List<ModelAttempt> attempts = new ArrayList<>();
    private final ModelTimers timers = new ModelTimers();
    private final ModelDepartures departures;
    private long nowNanos;
    private int steps;
    private int taskNumber;
    /** How many threads of the shell still have to poll. */
    private int polls;

    PacerModel(long seed) {
        this.seed = seed;
        random = new Random(seed);
        var margin = Duration.ofMillis(random.nextInt(50));
        config = new TestPacingConfig(1 + random.nextInt(5), Duration.ofSeconds(1), margin,
                margin.plusMillis(random.nextInt(100)), Duration.ofSeconds(20), random.nextInt(10) * 10,
                Duration.ofMillis(random.nextInt(3) * 1_500L), random.nextBoolean());
        nowNanos = random.nextBoolean() ? Long.MAX_VALUE - nanos(30_000) : random.nextInt();
        core = new PacerCore(config, this, this::onTimer, nowNanos);
        departures = new ModelDepartures(config.limit(), config.window().plus(config.margin()).toNanos());
        for (var i = 0; i < predecessors(); i++) {
            recordDeparture();
        }
        for (var i = 0; i < TASKS; i++) {
            tasks.add(new ModelTask(this, taskNumber++));
        }
    }

    void check(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError("seed " + seed + ", step " + steps + ": " + violation);
        }
    }

    private long nanos(int maxMillis) {
        return (long) (random.nextDouble() * maxMillis * 1e6);
    }

    void run(int count) {
        while (steps < count) {
            steps++;
            if (polls > 0 && random.nextInt(3) > 0) {
                poll();
            } else {
                step();
            }
            if (steps % 32 == 0) {
                settle();
            }
        }
        finish();
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> join();
            case 4 -> any(waiters, this::cancel);
            case 5, 6 -> any(attempts, attempt -> attempt.start(core));
            case 7, 8 -> any(attempts, ModelAttempt::markSent);
            case 9 -> any(attempts, ModelAttempt::revoke);
            case 10, 11 -> any(attempts, attempt -> attempt.complete(core, random));
            case 12 -> rareStep();
            case 13 -> fireTimer();
            default -> nowNanos += nanos(random.nextInt(4) == 0 ? 1_200 : 60);
        }
    }

    private <T> void any(List<T> all, Consumer<T> step) {
        if (!all.isEmpty()) {
            step.accept(all.get(random.nextInt(all.size())));
        }
    }

    private void rareStep() {
        switch (random.nextInt(16)) {
            case 0 -> apply(() -> core.suspend(Duration.ofNanos(nanos(3_000)), nowNanos));
            case 1 -> nowNanos += nanos(40_000);
            case 2 -> apply(() -> {
                if (random.nextInt(50) == 0) {
                    core.stop(Duration.ofSeconds(5), nowNanos);
                }
            });
            default -> apply(core::resume);
        }
    }

    void apply(Runnable event) {
        event.run();
        for (var effect : core.takeEffects()) {
            effect.apply(this::schedule, listener);
        }
    }

    private void schedule(long delayNanos, Runnable fire) {
        check(delayNanos > 0, "a timer was set in the past");
        timers.add(nowNanos + delayNanos, random.nextInt(4) == 0 ? nanos(50) : 0, fire);
    }

    private void fireTimer() {
        if (!timers.isEmpty()) {
            nowNanos += Math.max(0, timers.nextNanos() - nowNanos);
            timers.fire();
        }
    }

    private void onTimer(long number) {
        apply(() -> core.onTimer(number, nowNanos));
        polls++;
    }

    private void poll() {
        apply(() -> polls -= core.poll(nowNanos) ? 0 : 1);
    }

    private void join() {
        var slot = random.nextInt(TASKS);
        if (tasks.get(slot).state.phase() == TaskState.Phase.DONE && random.nextBoolean()) {
            tasks.get(slot).checkEnd();
            tasks.set(slot, new ModelTask(this, taskNumber++));
        }
        if (waiters.size() == WAITERS) {
            waiters.removeIf(waiter -> !waiter.isWaiting());
        }
        var options = new QueueOptions(random.nextInt(3) == 0 ? Lane.BATCH : Lane.INTERACTIVE,
                "caller " + random.nextInt(3), 1 + random.nextInt(3), Duration.ofNanos(nanos(random.nextInt(6) * 1_000)));
        var waiter = new ModelWaiter(tasks.get(slot), nowNanos + options.maxWait().toNanos());
        apply(() -> waiter.handle = core.join(waiter.task.state, options, waiter::receive, nowNanos));
        check(waiter.handle == null != waiter.isWaiting(), "a waiter neither waits nor has a result");
        if (waiter.handle != null) {
            waiters.add(waiter);
            polls++;
        }
    }

    private void cancel(ModelWaiter waiter) {
        var handle = waiter.handle;
        var wasWaiting = waiter.isWaiting();
        apply(() -> {
            var hasLeft = handle != null && core.cancel(handle, nowNanos);
            check(hasLeft == wasWaiting, "a waiter left without having waited");
            if (hasLeft) {
                waiter.leave();
                polls++;
            }
        });
    }

    void dispatched(ModelAttempt attempt) {
        attempts.forEach(attempt::checkDistinctFrom);
        attempts.add(attempt);
    }

    void ended(ModelAttempt attempt) {
        attempts.remove(attempt);
    }

    void addPoll() {
        polls++;
    }

    long nowNanos() {
        return nowNanos;
    }

    @Override
    public boolean markSent(Permit permit) {
        return core.markSent(permit, nowNanos);
    }

    @Override
    public boolean revoke(Permit permit) {
        return core.revoke(permit);
    }

    void recordDeparture() {
        check(departures.add(nowNanos), "more than N departures in a window");
    }

    private int predecessors() {
        return config.startSaturated() ? config.limit() : 0;
    }

    /** Runs all due timers and polls. Then nothing must be left to do before the next timer. */
    private void settle() {
        while (polls > 0 || timers.isDue(nowNanos)) {
            if (polls > 0) {
                poll();
            } else {
                fireTimer();
            }
        }
        check(!core.poll(nowNanos) && core.takeEffects().isEmpty(), "a task could be dispatched, and no timer was set");
        var now = core.snapshot(nowNanos);
        check(now.departed() == departures.total() - predecessors(), "a departure was not counted once");
        var held = attempts.stream().filter(ModelAttempt::isHeld).count();
        var recent = departures.within(now.spacing().toNanos(), nowNanos);
        check(now.free() >= now.limit() - held - recent, "a permit was lost");
        check(waiters.stream().noneMatch(waiter -> waiter.isOverdue(nowNanos)), "a waiter waited beyond its deadline");
        check(!attempts.isEmpty() || !timers.isEmpty() || waiters.stream().noneMatch(ModelWaiter::isWaiting),
                "a waiter was forgotten");
    }

    /** Ends all attempts until no waiter is left. Then every permit is free. */
    private void finish() {
        for (var i = 0; i < 1_000 && waiters.stream().anyMatch(ModelWaiter::isWaiting); i++) {
            List.copyOf(attempts).forEach(attempt -> attempt.finish(core, random));
            settle();
            fireTimer();
        }
        List.copyOf(attempts).forEach(attempt -> attempt.finish(core, random));
        tasks.forEach(ModelTask::checkEnd);
        nowNanos += Duration.ofMinutes(1).toNanos();
        settle();
        var now = core.snapshot(nowNanos);
        check(now.free() == now.limit(), "a permit was lost");
    }
}
