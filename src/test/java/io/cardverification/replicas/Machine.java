package io.cardverification.replicas;

import java.util.Random;
import java.util.function.Consumer;

import io.cardverification.replicas.SimulatedProcess.Load;

/** One machine: its clocks, its connection to the store, and the process that runs on it, one after another. */
final class Machine {

    private final ReplicaSimulation simulation;
    private final LocalClock clock;
    private SimulatedProcess process;
    private Load load = Load.IDLE;
    private boolean isPartitioned;

    Machine(ReplicaSimulation simulation, long ppm) {
        this.simulation = simulation;
        this.clock = new LocalClock(simulation.time(), ppm, random().nextLong());
        this.process = simulation.start(this);
    }

    SimulatedTime time() {
        return simulation.time();
    }

    Random random() {
        return simulation.random();
    }

    LocalClock clock() {
        return clock;
    }

    long wallMillis() {
        return simulation.fault() == PlantedFault.WALL_CLOCK_IGNORED ? clock.nowNanos() / 1_000_000 : clock.wallMillis();
    }

    SharedUpstream upstream() {
        return simulation.upstream();
    }

    int nextTask() {
        return simulation.nextTask();
    }

    long connectNanos() {
        return simulation.connectNanos();
    }

    void send(Beat beat, Consumer<BeatReply> onReply) {
        if (!isPartitioned) {
            simulation.network().send(beat, reply -> {
                if (!isPartitioned) {
                    onReply.accept(reply);
                }
            });
        }
    }

    void setPartitioned(boolean isPartitioned) {
        this.isPartitioned = isPartitioned;
    }

    /** SIGSTOP, or the suspension of a whole virtual machine, whose monotonic clock stands still. */
    void pause(long nanos, boolean isSuspended) {
        var paused = process;
        if (!paused.isPaused() && !paused.isDead()) {
            paused.pause();
            time().schedule(nanos, () -> {
                // If the process was killed, another one runs meanwhile, and the machine was not suspended.
                if (isSuspended && !paused.isDead()) {
                    clock.suspend(nanos);
                }
                paused.resume();
            });
        }
    }

    void kill() {
        process.kill();
    }

    void stop() {
        process.stop();
    }

    void startIfDead() {
        if (process.isDead()) {
            process = simulation.start(this);
            process.setLoad(load);
        }
    }

    void setLoad(Load load) {
        this.load = load;
        process.setLoad(load);
    }

    SimulatedProcess process() {
        return process;
    }
}
