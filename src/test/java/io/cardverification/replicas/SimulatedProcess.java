package io.cardverification.replicas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.cardverification.pacing.SimulatedAttempt;
import io.cardverification.pacing.SimulatedPacer;
import io.cardverification.verification.Lane;

/** One process of a gateway: the real pacer core and the real lease code, and callers that ask again and again. */
final class SimulatedProcess implements SimulatedPacer.Host {

    /**
     * The callers of one process. An immutable value.
     *
     * @param callers how many there are
     * @param batchPercent how many of them use the batch lane
     * @param pauseMillis the mean pause of a caller between two questions
     */
    record Load(int callers, int batchPercent, int pauseMillis) {

        static final Load IDLE = new Load(0, 0, 1);
    }

    private final Machine machine;
    private final ReplicaCore core;
    private final SimulatedPacer pacer;
    /** What the caller of each task does next. */
    private final Map<Integer, Runnable> followUps = new HashMap<>();
    private final List<Runnable> deferred = new ArrayList<>();
    private boolean isDead;
    private boolean isPaused;
    private boolean isStopping;
    private boolean isStarved;
    private boolean isArmed;
    private long wakeNanos;
    private int generation;
    private Load load = Load.IDLE;
    private int running;
    private long sent;

    SimulatedProcess(Machine machine, long id, LeaseTiming timing, int limit, Duration startupMargin, int shareWithoutStore,
            PlantedFault fault) {
        this.machine = machine;
        this.pacer = new SimulatedPacer(this, limit, startupMargin);
        this.core = new ReplicaCore(id, timing, () -> 1 + machine.random().nextLong(Long.MAX_VALUE - 1),
                new PlantedPermits(pacer, this, fault), shareWithoutStore);
        wake();
    }

    private Random random() {
        return machine.random();
    }

    @Override
    public long nowNanos() {
        return machine.clock().nowNanos();
    }

    @Override
    public long wallMillis() {
        return machine.wallMillis();
    }

    private void run(Runnable task) {
        if (isPaused) {
            deferred.add(task);
        } else if (!isDead) {
            task.run();
        }
    }

    @Override
    public void schedule(long delayNanos, Runnable task) {
        machine.time().schedule(machine.clock().trueNanos(delayNanos), () -> run(task));
    }

    @Override
    public void starved() {
        if (!isStarved) {
            isStarved = true;
            schedule(0, () -> {
                isStarved = false;
                wake();
            });
        }
    }

    private void wake() {
        var beat = core.poll(nowNanos(), wallMillis());
        if (beat != null) {
            machine.send(beat, reply -> run(() -> {
                core.onReply(reply, nowNanos());
                wake();
            }));
        }
        exitIfGone();
        arm();
    }

    private void arm() {
        if (core.isGone()) {
            return;
        }
        var dueNanos = nowNanos() + Math.max(1_000, core.delayNanos(nowNanos()));
        if (isDead || (isArmed && dueNanos - wakeNanos >= 0)) {
            return;
        }
        isArmed = true;
        wakeNanos = dueNanos;
        schedule(dueNanos - nowNanos(), () -> {
            if (isArmed && nowNanos() - wakeNanos >= 0) {
                isArmed = false;
                wake();
            }
        });
    }

    @Override
    public void dispatched(SimulatedAttempt attempt) {
        running++;
        schedule(machine.connectNanos(), () -> {
            if (!attempt.send()) {
                running--;
                return;
            }
            sent++;
            var isAccepted = machine.upstream().receive(attempt.task());
            schedule(5_000_000 + random().nextInt(30_000_000), () -> {
                running--;
                if (isAccepted) {
                    attempt.accepted();
                } else {
                    attempt.rejected();
                }
                exitIfGone();
            });
        });
    }

    void setLoad(Load next) {
        load = next;
        generation++;
        for (var i = 0; i < next.callers(); i++) {
            var caller = i;
            var born = generation;
            schedule(pauseNanos(), () -> ask(caller, born));
        }
    }

    private long pauseNanos() {
        return random().nextInt(2 * load.pauseMillis()) * 1_000_000L + 1;
    }

    private void ask(int caller, int born) {
        if (born != generation || isStopping) {
            return;
        }
        var number = machine.nextTask();
        var lane = caller * 100 < load.callers() * load.batchPercent() ? Lane.BATCH : Lane.INTERACTIVE;
        followUps.put(number, () -> ask(caller, born));
        pacer.join(number, lane, Duration.ofSeconds(20));
    }

    @Override
    public void ended(int task, boolean isServed) {
        var next = followUps.remove(task);
        if (next != null) {
            schedule(pauseNanos() + (isServed ? 0 : 200_000_000), next);
        }
    }

    void pause() {
        isPaused = true;
    }

    void resume() {
        isPaused = false;
        var all = List.copyOf(deferred);
        deferred.clear();
        all.forEach(this::run);
    }

    void kill() {
        isDead = true;
        isPaused = false;
    }

    /** SIGTERM. */
    void stop() {
        run(() -> {
            isStopping = true;
            pacer.stop();
            core.stop();
            wake();
        });
    }

    private void exitIfGone() {
        isDead |= core.isGone() && running == 0;
    }

    boolean isDead() {
        return isDead;
    }

    boolean isPaused() {
        return isPaused;
    }

    SimulatedPacer pacer() {
        return pacer;
    }

    long sent() {
        return sent;
    }
}
