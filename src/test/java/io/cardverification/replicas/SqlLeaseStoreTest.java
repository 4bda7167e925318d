package io.cardverification.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.store.sql.Row;
import io.cardverification.store.sql.Sql;
import io.cardverification.store.sql.SqlEngine;
import io.cardverification.store.sql.SqlFailure;
import io.smallrye.mutiny.Uni;

/** The lease table in a database that contains a table of N = 15, and the N on which the gateways have agreed. */
@NullUnmarked // no table is written before a beat
class SqlLeaseStoreTest implements SqlEngine {

    private static final int KNOWN = 15;
    private static final int OTHER = 20;
    private static final Beat BEAT = new Beat(new ReplicaRow(2, 1, false, 1, 0, 0, 0, 0), 0, 8, 0, List.of(), List.of(),
            List.of(), false, OTHER);

    private String state = LeaseTableText.encode(table(true));
    private int agreed = KNOWN;
    private boolean isWritten;

    private static LeaseTable table(boolean settled) {
        return new LeaseTable(7, "", settled, KNOWN, LeaseTable.empty(KNOWN).permits(),
                List.of(new ReplicaRow(1, 1, false, 1, 0, 0, 0, 0)));
    }

    private Uni<List<Row>> run(String sql, Object... parameters) {
        if (sql.startsWith("insert")) {
            isWritten = true;
            state = (String) parameters[1];
        }
        return Uni.createFrom().item(List.of(new Row(new Object[] {
                sql.contains("from setting") ? String.valueOf(agreed) : sql.contains("from permit_lease") ? state : "" })));
    }

    @Override
    public <T> Uni<T> inTransaction(Function<Sql, Uni<T>> work) {
        return work.apply(this::run);
    }

    @Override
    public <T> Uni<T> read(Function<Sql, Uni<T>> work) {
        return inTransaction(work);
    }

    private BeatReply beat() {
        return new SqlLeaseStore(this, "select", OTHER, 10).beat(BEAT).await().atMost(Duration.ofSeconds(5));
    }

    private Optional<Set<Long>> living() {
        return SqlLeaseStore.living(this::run).await().atMost(Duration.ofSeconds(5));
    }

    @Test
    void a_gateway_with_another_limit_changes_nothing() {
        assertThatThrownBy(this::beat).isInstanceOf(SqlFailure.class).hasMessageContaining("gateway.pacing.limit");
        assertThat(isWritten).isFalse();
    }

    @Test
    void after_an_agreed_change_of_the_limit_nothing_is_known() {
        agreed = OTHER;
        assertThat(beat().settled()).isFalse();
        assertThat(LeaseTableText.decode(state).permits()).hasSize(OTHER);
    }

    @Test
    void the_living_are_known_in_a_settled_epoch_only() {
        assertThat(living()).contains(Set.of(1L));
        state = LeaseTableText.encode(table(false));
        assertThat(living()).isEmpty();
    }
}
