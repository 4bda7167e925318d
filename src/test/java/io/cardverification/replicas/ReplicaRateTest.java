package io.cardverification.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** The numbers that several replicas reach together, in virtual time. */
class ReplicaRateTest {

    @Test
    void two_replicas_send_what_one_would() {
        var simulation = new ReplicaSimulation(1, 2, Duration.ofMillis(20), PlantedFault.NONE);
        simulation.setLoad(ReplicaSimulation.SATURATED);
        simulation.pass(Duration.ofSeconds(10));
        var before = simulation.upstream().sent();
        var beats = simulation.store().beats();
        simulation.pass(Duration.ofSeconds(10));
        System.out.println(simulation.upstream().sent() - before + " beats " + (simulation.store().beats() - beats) + " "
                + simulation.time().steps());
        System.out.println(simulation.store().table());
        assertThat(simulation.upstream().sent() - before).isBetween(194L, 200L);
    }
}
