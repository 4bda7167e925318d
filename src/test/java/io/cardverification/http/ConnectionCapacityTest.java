package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionCapacityTest {

    private static final long MIB = 1024 * 1024;
    private static final int CONFIGURED = 20_000;

    private static ConnectionCapacity capacity(long openFiles, long heapBytes, boolean tls) {
        return ConnectionCapacity.of(CONFIGURED, openFiles, heapBytes, tls, 12);
    }

    @Test
    void the_configured_number_is_the_maximum() {
        assertThat(capacity(1_000_000, 4096 * MIB, true).connections()).isEqualTo(CONFIGURED);
        assertThat(capacity(1_000_000, 256 * MIB, false).connections()).isEqualTo(CONFIGURED);
    }

    @Test
    void leaves_open_files_for_the_upstream() {
        assertThat(capacity(20_000, 256 * MIB, false).connections()).isEqualTo(19_500);
        assertThat(capacity(1_024, 256 * MIB, false).connections()).isEqualTo(524);
        assertThat(capacity(256, 256 * MIB, false).connections()).isEqualTo(128);
    }

    @Test
    void connections_use_at_most_half_of_the_heap() {
        assertThat(capacity(1_000_000, 64 * MIB, false).connections()).isEqualTo(5_461);
        assertThat(capacity(1_000_000, 256 * MIB, true).connections()).isEqualTo(5_461);
    }

    @Test
    void connections_and_buffers_fit_the_heap() {
        for (var mib : new long[] { 32, 64, 128, 256, 512, 4096 }) {
            for (var tls : new boolean[] { false, true }) {
                var capacity = capacity(1_000_000, mib * MIB, tls);
                var each = tls ? ConnectionCapacity.TLS_BYTES : ConnectionCapacity.PLAIN_BYTES;
                assertThat((long) capacity.connections() * each + capacity.bufferBytes()).isLessThan(mib * MIB * 2 / 3);
                assertThat(capacity.reserved()).isPositive().isLessThan(capacity.connections());
            }
        }
    }
}
