package io.cardverification.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BacklogTest {

    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<Integer> written = new ArrayList<>();
    private final Backlog backlog = new Backlog(later::add);

    private void add(int number) {
        backlog.add(() -> written.add(number));
    }

    @Test
    void what_comes_before_a_worker_does_is_written_at_once_and_in_order() {
        add(1);
        add(2);
        assertThat(written).isEmpty();
        assertThat(later).hasSize(1);
        later.remove().run();
        assertThat(written).containsExactly(1, 2);
    }

    @Test
    void what_comes_after_a_worker_has_another() {
        add(1);
        later.remove().run();
        add(2);
        later.remove().run();
        assertThat(written).containsExactly(1, 2);
    }

    @Test
    void a_worker_who_finds_nothing_more_to_write_writes_nothing() {
        add(1);
        backlog.write();
        later.remove().run();
        assertThat(written).containsExactly(1);
    }

    @Test
    void no_line_is_dropped_where_no_worker_ever_comes() {
        IntStream.range(0, 20_000).forEach(this::add);
        backlog.close();
        assertThat(written).hasSize(20_000).isSorted();
    }

    @Test
    void after_the_end_each_is_written_by_whoever_adds_it() {
        add(1);
        backlog.close();
        assertThat(written).containsExactly(1);
        add(2);
        assertThat(written).containsExactly(1, 2);
    }
}
