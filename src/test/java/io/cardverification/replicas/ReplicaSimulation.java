package io.cardverification.replicas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.cardverification.replicas.SimulatedProcess.Load;

/** Several replicas, one store and one upstream in virtual time; everything random comes from one seed. */
final class ReplicaSimulation {

    static final int LIMIT = 20;
    static final Duration WINDOW = Duration.ofSeconds(1);
    static final Load SATURATED = new Load(40, 0, 1);

    private final long seed;
    private final Random random;
    private final PlantedFault fault;
    private final Duration startupMargin;
    private final LeaseTiming timing;
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedStore store;
    private final SimulatedNetwork network;
    private final SharedUpstream upstream = new SharedUpstream(time, LIMIT);
    private final List<Machine> machines = new ArrayList<>();
    private int tasks;
    private long ids;
    private long maxConnectNanos;
    private int shareWithoutStore;

    ReplicaSimulation(long seed, int replicas, Duration startupMargin, PlantedFault fault) {
        this.seed = seed;
        this.random = new Random(seed);
        this.fault = fault;
        this.startupMargin = startupMargin;
        this.timing = timing(fault);
        this.store = new SimulatedStore(LIMIT, fault);
        this.network = new SimulatedNetwork(time, random, store);
        for (var i = 0; i < replicas; i++) {
            machines.add(new Machine(this, random.nextInt(401) - 200));
        }
    }

    private static LeaseTiming timing(PlantedFault fault) {
        var timing = LeaseTiming.of(WINDOW);
        return fault != PlantedFault.NO_GRACE ? timing
                : new LeaseTiming(timing.windowNanos(), timing.leaseNanos(), -timing.windowNanos() - timing.leaseNanos() / 10,
                        timing.beatNanos(), timing.idleBeatNanos(), timing.minGapNanos(), timing.replyTimeoutNanos());
    }

    SimulatedProcess start(Machine machine) {
        return new SimulatedProcess(machine, ++ids, timing, LIMIT, startupMargin, shareWithoutStore, fault);
    }

    void setShareWithoutStore(int permits) {
        shareWithoutStore = permits;
    }

    /** Runs for a time. A failure names the seed. */
    void pass(Duration duration) {
        try {
            time.pass(duration.toNanos());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + " at " + Duration.ofNanos(time.nowNanos()) + ": " + e.getMessage(), e);
        }
    }

    void setLoad(Load load) {
        machines.forEach(machine -> machine.setLoad(load));
    }

    void setMaxConnect(Duration connect) {
        maxConnectNanos = connect.toNanos();
    }

    long connectNanos() {
        return maxConnectNanos == 0 ? 0 : random.nextLong(maxConnectNanos);
    }

    int nextTask() {
        return tasks++;
    }

    SimulatedTime time() {
        return time;
    }

    Random random() {
        return random;
    }

    PlantedFault fault() {
        return fault;
    }

    LeaseTiming timing() {
        return timing;
    }

    SimulatedStore store() {
        return store;
    }

    SimulatedNetwork network() {
        return network;
    }

    SharedUpstream upstream() {
        return upstream;
    }

    Machine machine(int number) {
        return machines.get(number);
    }

    List<Machine> machines() {
        return machines;
    }
}
