package io.cardverification.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

/** When a replica takes another one for dead. */
class PeerWatchTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long SILENCE = 4 * SECOND;

    private final PeerWatch peers = new PeerWatch(1, 2 * SECOND);

    private static ReplicaRow row(long id, long seq) {
        return new ReplicaRow(id, seq, false, 0, 0, 0, 0, 0);
    }

    private void observe(long second, long seqOfPeer) {
        peers.observe(List.of(row(1, second), row(2, seqOfPeer)), second * SECOND);
    }

    @Test
    void a_peer_whose_row_does_not_change_is_silent() {
        for (var second = 100; second < 104; second++) {
            observe(second, 7);
            assertThat(peers.silent(SILENCE, second * SECOND)).isEmpty();
        }
        assertThat(peers.nextNanos(SILENCE, 103 * SECOND)).isEqualTo(SECOND);
        observe(104, 7);
        assertThat(peers.silent(SILENCE, 104 * SECOND)).containsExactly(new Beat.Silent(2, 7));
        observe(105, 8);
        assertThat(peers.silent(SILENCE, 105 * SECOND)).isEmpty();
    }

    @Test
    void a_peer_is_not_silent_after_an_outage_of_the_store() {
        observe(100, 7);
        assertThat(peers.silent(SILENCE, 110 * SECOND)).isEmpty();
        observe(110, 7);
        assertThat(peers.silent(SILENCE, 110 * SECOND)).isEmpty();
        observe(112, 7);
        observe(114, 7);
        assertThat(peers.silent(SILENCE, 114 * SECOND)).hasSize(1);
    }
}
