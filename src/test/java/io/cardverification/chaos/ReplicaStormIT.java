package io.cardverification.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three packaged gateways on one PostgreSQL server and one sandbox, whose limit is strict. They and the server are killed,
 * paused
 * and restarted under load. src/site/markdown/benchmarks/replicas.md has the large storm.
 */
class ReplicaStormIT {

    private static final int LIMIT = 20;
    /** A process that is paused between its last check and its bytes sends one request late. */
    private static final int MAX_LATE = 3;

    @TempDir
    Path folder;

    @Test
    void replicas_share_one_limit_and_charge_no_key_twice() throws Exception {
        try (var fleet = new ReplicaFleet(folder, 1)) {
            var callers = new ReplicaCallers(fleet, 24, 4_000);
            callers.begin();
            callers.awaitAnswers(60);
            fleet.kill(1);
            fleet.awaitReplicas(0, 2);
            fleet.start(1);
            fleet.pauseUntilRetired(0);
            fleet.pauseDatabaseUntilNoLease();
            callers.awaitAnswers(20);
            fleet.killDatabase();
            callers.awaitAnswers(20);
            var broken = callers.broken();
            for (var replica = 0; replica < ReplicaFleet.REPLICAS; replica++) {
                fleet.restart(replica);
            }
            assertThat(callers.broken()).isEqualTo(broken);
            callers.awaitAnswers(60);
            callers.end();
            fleet.stop();
            var figures = ReplicaReconciliation.of(fleet, callers.answers());
            System.out.println(figures.table());
            assertThat(figures.wrongs()).isEmpty();
            assertThat(callers.answers()).hasSize(callers.asked());
            assertThat(figures.count("charged")).isPositive();
            assertThat(figures.count("most in any sliding second")).isBetween(LIMIT / 2, LIMIT + MAX_LATE);
            assertThat(figures.count("rejected by the sandbox's limit")).isLessThanOrEqualTo(MAX_LATE);
        }
    }
}
