package io.cardverification.replicas;

import java.time.Duration;
import java.util.Random;

import io.cardverification.replicas.SimulatedProcess.Load;

/**
 * Random faults of one simulation: pauses, deaths, restarts, partitions, a bad network, a store that is away or forgets, wall
 * clocks that step, and loads that change.
 *
 * <p>
 * After each phase of faults everything is healed. Then a permit may be lost for the time that the protocol names, and not
 * longer: the full rate returns.
 */
final class Chaos {

    private static final long MILLI = 1_000_000;
    private static final Duration MEASURED = Duration.ofMillis(20_500);

    private final ReplicaSimulation simulation;
    private final Random random;
    private final boolean hasRejections;
    private boolean isCalm;

    Chaos(ReplicaSimulation simulation) {
        this.simulation = simulation;
        this.random = simulation.random();
        this.hasRejections = random.nextInt(4) == 0;
    }

    void run(long steps) {
        simulation.setLoad(randomLoad());
        while (simulation.time().steps() < steps) {
            disturb();
            heal();
            check();
        }
    }

    private void disturb() {
        isCalm = false;
        simulation.setMaxConnect(Duration.ofMillis(random.nextInt(3) * 40L));
        simulation.network().setBad(random.nextBoolean());
        for (var i = 20 + random.nextInt(60); i > 0; i--) {
            fault();
            simulation.pass(Duration.ofMillis(random.nextInt(1_500)));
        }
    }

    private Machine anyMachine() {
        return simulation.machine(random.nextInt(simulation.machines().size()));
    }

    private void fault() {
        var machine = anyMachine();
        switch (random.nextInt(14)) {
            case 0, 1 -> machine.pause(random.nextInt(10_000) * MILLI, false);
            case 2 -> machine.pause(random.nextInt(20_000) * MILLI, true);
            case 3 -> {
                machine.kill();
                later(10_000, machine::startIfDead);
            }
            case 4 -> {
                machine.stop();
                later(10_000, () -> {
                    machine.kill();
                    machine.startIfDead();
                });
            }
            case 5 -> {
                machine.setPartitioned(true);
                later(9_000, () -> machine.setPartitioned(false));
            }
            case 6 -> {
                simulation.store().setUp(false);
                later(6_000, () -> simulation.store().setUp(true));
            }
            case 7 -> simulation.store().lose(1 + random.nextInt(30));
            case 8 -> simulation.store().empty();
            case 9 -> machine.clock().stepWallClock(random.nextInt(20_000) - 10_000);
            case 10 -> simulation.network().setBad(random.nextBoolean());
            case 11 -> allow(random.nextInt(3) == 0 ? 10 + random.nextInt(10) : ReplicaSimulation.LIMIT);
            default -> machine.setLoad(randomLoad());
        }
    }

    private void allow(int permits) {
        if (hasRejections) {
            simulation.upstream().allow(permits);
        }
    }

    /** Faults of an earlier phase end early. */
    private void later(int maxMillis, Runnable end) {
        simulation.time().schedule(random.nextInt(maxMillis) * MILLI, () -> {
            if (!isCalm) {
                end.run();
            }
        });
    }

    private Load randomLoad() {
        return switch (random.nextInt(5)) {
            case 0 -> Load.IDLE;
            case 1 -> new Load(1 + random.nextInt(5), random.nextInt(101), 500);
            case 2 -> new Load(1 + random.nextInt(40), 100, 10);
            default -> new Load(1 + random.nextInt(60), random.nextInt(101), 1 + random.nextInt(50));
        };
    }

    private void heal() {
        isCalm = true;
        simulation.network().setBad(false);
        simulation.store().setUp(true);
        simulation.upstream().allow(ReplicaSimulation.LIMIT);
        simulation.setMaxConnect(Duration.ZERO);
        simulation.pass(Duration.ofSeconds(20)); // the longest pause
        for (var machine : simulation.machines()) {
            machine.setPartitioned(false);
            machine.kill();
            machine.startIfDead();
        }
        simulation.setLoad(ReplicaSimulation.SATURATED);
        var timing = simulation.timing();
        var told = timing.leaseNanos() + timing.silenceNanos(20 * MILLI) + timing.windowNanos();
        simulation.pass(Duration.ofNanos(told).plusSeconds(2));
    }

    /** A little more than 20 times W + J, since the permits of one replica may depart together. */
    private void check() {
        var before = simulation.upstream().sent();
        simulation.pass(MEASURED);
        var sent = simulation.upstream().sent() - before;
        var least = MEASURED.toMillis() * ReplicaSimulation.LIMIT * 97 / 100_000;
        if (!hasRejections && sent < least) {
            throw new AssertionError("only " + sent + " sent after the faults: " + simulation.store().table());
        }
    }
}
