package io.cardverification.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.cardverification.replicas.Beat.Release;
import io.cardverification.replicas.Beat.Silent;

/** One atomic step of the store's side after another. */
class LeaseTableTest {

    private static final String SERVER = "timeline 1";
    private static final long EPOCH = 7;

    private LeaseTable table = settled();

    private static LeaseTable settled() {
        var empty = LeaseTable.empty(4);
        return new LeaseTable(EPOCH, SERVER, true, 4, empty.permits(), List.of());
    }

    private static ReplicaRow row(long id, long seq, int interactive) {
        return new ReplicaRow(id, seq, false, interactive, 0, 0, 0, 0);
    }

    private static Beat beat(ReplicaRow self, long ackSeq, Release... releases) {
        return new Beat(self, EPOCH, 8, ackSeq, List.of(releases), List.of(), List.of(), false, 4);
    }

    private static Beat naming(ReplicaRow self, Silent silent) {
        return new Beat(self, EPOCH, 8, 0, List.of(), List.of(), List.of(silent), false, 4);
    }

    private static Beat redeclaring(ReplicaRow self, long epoch, boolean waited, Integer... permits) {
        return new Beat(self, epoch, 9, 0, List.of(), List.of(permits), List.of(), waited, 4);
    }

    private BeatReply apply(Beat beat) {
        return apply(beat, SERVER);
    }

    private BeatReply apply(Beat beat, String server) {
        var outcome = table.apply(beat, server, 10);
        table = outcome.table();
        return outcome.reply();
    }

    @Test
    void a_replica_takes_permits_up_to_its_demand_and_a_spare() {
        assertThat(apply(beat(row(1, 1, 2), 0)).permits()).hasSize(3);
        assertThat(apply(beat(row(2, 1, 4), 0)).permits()).hasSize(1);
    }

    @Test
    void a_beat_is_applied_once_and_in_order() {
        apply(beat(row(1, 2, 4), 0));
        var before = table;
        assertThat(apply(beat(row(1, 2, 4), 0)).accepted()).isFalse();
        assertThat(apply(beat(row(1, 1, 4), 0)).accepted()).isFalse();
        assertThat(table).isEqualTo(before);
    }

    @Test
    void a_released_permit_keeps_its_rest_for_its_next_owner() {
        apply(beat(row(1, 1, 4), 0));
        apply(beat(row(1, 2, 0), 1, new Release(3, 900)));
        assertThat(apply(beat(row(2, 1, 3), 0)).permits()).containsExactly(new BeatReply.Owned(3, 900));
    }

    @Test
    void a_release_of_a_grant_that_the_replica_does_not_know_is_ignored() {
        apply(beat(row(1, 1, 4), 0));
        apply(beat(row(1, 2, 0), 1, new Release(3, 900))); // its reply is lost
        apply(beat(row(1, 3, 4), 1, new Release(3, 500))); // takes the permit again, and its reply is lost
        assertThat(apply(beat(row(1, 4, 0), 1, new Release(3, 0))).permits()).contains(new BeatReply.Owned(3, 900));
        apply(beat(row(1, 5, 0), 4, new Release(3, 0)));
        assertThat(table.permits().get(3)).isEqualTo(PermitRow.pooled(0));
    }

    @Test
    void a_silent_replica_loses_its_permits_if_its_row_is_unchanged() {
        apply(beat(row(1, 5, 4), 0));
        assertThat(apply(naming(row(2, 1, 4), new Silent(1, 4))).permits()).isEmpty();
        assertThat(apply(naming(row(2, 2, 4), new Silent(1, 5))).permits()).hasSize(4);
        assertThat(table.replicas()).extracting(ReplicaRow::id).containsExactly(2L);
    }

    @Test
    void another_server_begins_an_epoch_in_which_nothing_is_owned() {
        apply(beat(row(1, 1, 4), 0));
        var reply = apply(beat(row(1, 2, 4), 1), "timeline 2");
        assertThat(reply.epoch()).isEqualTo(8);
        assertThat(reply.settled()).isFalse();
        assertThat(reply.permits()).isEmpty();
    }

    @Test
    void a_permit_is_redeclared_once_and_before_the_epoch_is_settled() {
        table = new LeaseTable(EPOCH, SERVER, false, 4, table.permits(), List.of());
        assertThat(apply(redeclaring(row(1, 1, 4), EPOCH, false, 0, 1)).permits()).hasSize(2);
        assertThat(apply(redeclaring(row(2, 1, 4), EPOCH, false, 1, 2)).permits()).hasSize(1);
        assertThat(apply(redeclaring(row(3, 1, 0), EPOCH, true)).settled()).isTrue();
        assertThat(apply(redeclaring(row(4, 1, 0), EPOCH, false, 3)).permits()).isEmpty();
    }

    @Test
    void a_beat_of_another_epoch_takes_and_names_nothing() {
        apply(beat(row(1, 1, 4), 0));
        var old = new Beat(row(2, 1, 4), EPOCH - 1, 8, 0, List.of(), List.of(0), List.of(new Silent(1, 1)), true, 1);
        assertThat(apply(old).permits()).isEmpty();
        assertThat(table.replicas()).hasSize(2);
        assertThat(table.limit()).isEqualTo(4);
    }

    @Test
    void the_oldest_replica_adapts_the_limit_for_all() {
        apply(beat(row(2, 1, 4), 0));
        apply(new Beat(row(1, 1, 4), EPOCH, 8, 0, List.of(), List.of(), List.of(), false, 3));
        assertThat(table.limit()).isEqualTo(3);
        assertThat(apply(new Beat(row(2, 2, 4), EPOCH, 8, 1, List.of(), List.of(), List.of(), false, 1)).limit()).isEqualTo(3);
    }
}
