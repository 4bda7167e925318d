package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionAdmissionTest {

    /** A hundred connections; unauthenticated ones cannot use the last ten. */
    private static final ConnectionCapacity CAPACITY = new ConnectionCapacity(100, 10, 0);

    private final ConnectionAdmission<Integer> admission = new ConnectionAdmission<>(CAPACITY, false);

    private void admitAuthenticated(int first, int count) {
        for (var i = first; i < first + count; i++) {
            assertThat(admission.add(i)).isNull();
            admission.authenticate(i);
        }
    }

    @Test
    void oldest_unauthenticated_closes_before_the_last_tenth() {
        for (var i = 0; i < 90; i++) {
            assertThat(admission.add(i)).isNull();
        }
        assertThat(admission.add(90)).isEqualTo(0);
        assertThat(admission.add(91)).isEqualTo(1);
        assertThat(admission.open()).isEqualTo(90);
    }

    @Test
    void authenticated_connections_are_never_displaced() {
        admitAuthenticated(0, 100);
        assertThat(admission.add(100)).as("the newcomer").isEqualTo(100);
        assertThat(admission.open()).isEqualTo(100);
    }

    @Test
    void new_connections_displace_unauthenticated_ones() {
        admitAuthenticated(0, 50);
        for (var i = 50; i < 1_000; i++) {
            admission.add(i);
        }
        assertThat(admission.unauthenticated()).isEqualTo(40);
        admission.authenticate(999);
        assertThat(admission.add(1_000)).isEqualTo(960);
        assertThat(admission.unauthenticated()).isEqualTo(39);
    }

    @Test
    void a_displaced_connection_is_counted_once() {
        for (var i = 0; i < 91; i++) {
            admission.add(i);
        }
        admission.remove(0);
        admission.authenticate(0);
        assertThat(admission.open()).isEqualTo(90);
    }

    @Test
    void anonymous_mode_closes_the_new_connection_at_the_limit() {
        var open = new ConnectionAdmission<Integer>(CAPACITY, true);
        for (var i = 0; i < 100; i++) {
            assertThat(open.add(i)).isNull();
        }
        assertThat(open.add(100)).isEqualTo(100);
        open.remove(7);
        assertThat(open.add(101)).isNull();
    }
}
