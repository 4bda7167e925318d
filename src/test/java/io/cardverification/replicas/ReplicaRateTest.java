package io.cardverification.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.cardverification.replicas.SimulatedProcess.Load;

/** The numbers that several replicas reach together, in virtual time. */
class ReplicaRateTest {

    private static final Duration WARM = Duration.ofMillis(20);
    private static final Duration COLD = Duration.ofMillis(150);
    /** A little more than 20 times W + J. */
    private static final Duration MEASURED = Duration.ofMillis(20_500);

    private static ReplicaSimulation saturated(long seed, int replicas, Duration startupMargin) {
        var simulation = new ReplicaSimulation(seed, replicas, startupMargin, PlantedFault.NONE);
        simulation.setLoad(ReplicaSimulation.SATURATED);
        simulation.pass(Duration.ofMinutes(1));
        return simulation;
    }

    private static long sentIn(ReplicaSimulation simulation, Duration duration) {
        var before = simulation.upstream().sent();
        simulation.pass(duration);
        return simulation.upstream().sent() - before;
    }

    private static void assertFullRate(ReplicaSimulation simulation) {
        assertThat(sentIn(simulation, MEASURED)).isGreaterThanOrEqualTo(MEASURED.toMillis() * 20 * 97 / 100_000);
    }

    @Test
    void saturated_replicas_reach_the_rate_of_one() {
        for (var replicas = 1; replicas <= 7; replicas++) {
            assertFullRate(saturated(replicas, replicas, WARM));
        }
    }

    @Test
    void three_replicas_send_at_most_20_beats_a_second() {
        for (var pauseMillis : new int[] { 1, 100, 300, 1_000, 10_000 }) {
            var simulation = saturated(1, 3, WARM);
            simulation.setLoad(new Load(20, 30, pauseMillis));
            for (var second = 0; second < 60; second++) {
                var before = simulation.store().beats();
                simulation.pass(Duration.ofSeconds(1));
                assertThat(simulation.store().beats() - before).as("pause %d", pauseMillis).isLessThanOrEqualTo(20);
            }
        }
    }

    @Test
    void the_rate_returns_within_5_s_after_a_kill() {
        for (var seed = 1; seed <= 20; seed++) {
            var simulation = saturated(seed, 3, WARM);
            simulation.pass(Duration.ofMillis(37L * seed));
            simulation.machine(seed % 3).kill();
            simulation.pass(Duration.ofSeconds(5));
            assertFullRate(simulation);
        }
    }

    @Test
    void a_rolling_restart_sends_15_in_every_second() {
        for (var seed = 1; seed <= 20; seed++) {
            var simulation = saturated(seed, 3, COLD);
            for (var machine : simulation.machines()) {
                machine.stop();
                for (var second = 0; second < 10; second++) {
                    assertThat(sentIn(simulation, Duration.ofSeconds(1))).as("seed %d", seed).isGreaterThanOrEqualTo(15);
                    machine.startIfDead();
                }
            }
        }
    }

    @Test
    void shares_follow_the_backlogs() {
        var simulation = saturated(1, 2, WARM);
        simulation.machine(0).setLoad(new Load(200, 0, 1));
        simulation.machine(1).setLoad(new Load(100, 0, 1));
        simulation.pass(Duration.ofSeconds(10));
        var before = simulation.machine(0).process().sent();
        var all = sentIn(simulation, Duration.ofSeconds(30));
        assertThat((simulation.machine(0).process().sent() - before) * 100 / all).isBetween(60L, 73L);
    }

    @Test
    void interactive_tasks_of_one_replica_precede_batch_of_another() {
        var simulation = saturated(1, 2, WARM);
        simulation.machine(0).setLoad(new Load(100, 100, 1));
        simulation.machine(1).setLoad(new Load(100, 0, 1));
        simulation.pass(Duration.ofSeconds(10));
        var before = simulation.machine(0).process().sent();
        var all = sentIn(simulation, Duration.ofSeconds(30));
        assertThat((simulation.machine(0).process().sent() - before) * 100 / all).isBetween(9L, 11L);
    }

    @Test
    void one_chair_finds_a_lower_limit_within_a_minute() {
        var simulation = saturated(1, 3, WARM);
        simulation.setMaxConnect(Duration.ofMillis(8));
        simulation.upstream().allow(15);
        simulation.pass(Duration.ofMinutes(1));
        assertThat(simulation.store().table().limit()).isEqualTo(15);
        simulation.machine(0).kill(); // the chair
        simulation.pass(Duration.ofSeconds(10));
        var rejected = simulation.upstream().rejected();
        var sent = sentIn(simulation, Duration.ofMinutes(5)) - (simulation.upstream().rejected() - rejected);
        assertThat(sent).isBetween(5 * 60 * 15 * 96 / 100L, 5 * 60 * 15L);
    }

    /** The share is used while the store is away, and never more than N in a window before, meanwhile and after. */
    @Test
    void without_a_store_each_replica_uses_its_share_if_so_configured() {
        for (var seed = 1; seed <= 10; seed++) {
            var simulation = new ReplicaSimulation(seed, 4, WARM, PlantedFault.NONE);
            simulation.setShareWithoutStore(ReplicaSimulation.LIMIT / 4);
            simulation.machines().forEach(Machine::kill);
            simulation.machines().forEach(Machine::startIfDead);
            simulation.setLoad(ReplicaSimulation.SATURATED);
            simulation.pass(Duration.ofSeconds(30).plusMillis(97L * seed));
            simulation.store().setUp(false);
            simulation.pass(Duration.ofSeconds(9));
            assertFullRate(simulation);
            simulation.store().setUp(true);
            simulation.pass(Duration.ofSeconds(10));
            assertFullRate(simulation);
        }
    }

    @Test
    void a_replica_that_used_no_share_waits_for_those_of_others() {
        for (var seed = 1; seed <= 10; seed++) {
            var simulation = new ReplicaSimulation(seed, 4, WARM, PlantedFault.NONE);
            simulation.setShareWithoutStore(ReplicaSimulation.LIMIT / 4);
            simulation.machines().forEach(Machine::kill);
            simulation.machines().forEach(Machine::startIfDead);
            simulation.setLoad(ReplicaSimulation.SATURATED);
            simulation.pass(Duration.ofSeconds(30).plusMillis(97L * seed));
            simulation.store().setUp(false);
            simulation.pass(Duration.ofSeconds(9));
            simulation.machine(3).kill();
            simulation.machine(3).startIfDead();
            simulation.pass(Duration.ofMillis(2_900));
            simulation.store().setUp(true);
            simulation.pass(Duration.ofSeconds(20));
            assertFullRate(simulation);
        }
    }

    @Test
    void without_a_store_nothing_is_sent_by_default() {
        var simulation = saturated(1, 3, WARM);
        simulation.store().setUp(false);
        simulation.pass(Duration.ofSeconds(3));
        assertThat(sentIn(simulation, Duration.ofSeconds(30))).isZero();
        simulation.store().setUp(true);
        simulation.pass(Duration.ofSeconds(2));
        assertFullRate(simulation);
    }

    @Test
    void a_lone_request_finds_a_permit() {
        var simulation = new ReplicaSimulation(1, 3, WARM, PlantedFault.NONE);
        simulation.pass(Duration.ofSeconds(10));
        for (var machine : simulation.machines()) {
            assertThat(machine.process().pacer().availability().free()).isPositive();
        }
    }
}
