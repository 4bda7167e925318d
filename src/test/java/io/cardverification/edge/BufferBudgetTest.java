package io.cardverification.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class BufferBudgetTest {

    /** A thousand bytes; callers have names of one letter. */
    private final BufferBudget<String> budget = new BufferBudget<>(1_000, name -> name.length() == 1);

    @Test
    void nobody_is_closed_within_the_bound() {
        assertThat(budget.setHeldBytes("stranger", 600)).isEmpty();
        assertThat(budget.setHeldBytes("a", 400)).isEmpty();
        assertThat(budget.total()).isEqualTo(1_000);
    }

    @Test
    void the_oldest_of_the_large_is_closed_first() {
        budget.setHeldBytes("small and oldest", 10);
        budget.setHeldBytes("old", 400);
        budget.setHeldBytes("newer", 400);
        assertThat(budget.setHeldBytes("newest", 400)).containsExactly("old");
        assertThat(budget.total()).isEqualTo(810);
    }

    @Test
    void what_grows_keeps_its_age() {
        budget.setHeldBytes("old", 100);
        budget.setHeldBytes("newer", 450);
        assertThat(budget.setHeldBytes("old", 600)).containsExactly("old");
    }

    @Test
    void a_request_of_ordinary_size_is_never_the_one() {
        budget.setHeldBytes("ordinary", 40);
        for (var i = 0; i < 1_000; i++) {
            assertThat(budget.setHeldBytes("attacker " + i, 100)).doesNotContain("ordinary");
            assertThat(budget.total()).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void strangers_go_before_callers() {
        budget.setHeldBytes("a", 450);
        budget.setHeldBytes("stranger", 300);
        assertThat(budget.setHeldBytes("other", 300)).containsExactly("stranger");
        assertThat(budget.total()).isEqualTo(750);
    }

    @Test
    void a_caller_goes_if_callers_hold_the_most() {
        budget.setHeldBytes("stranger", 100);
        budget.setHeldBytes("a", 300);
        assertThat(budget.setHeldBytes("b", 800)).containsExactly("b");
    }

    @Test
    void what_is_held_no_more_is_not_counted() {
        budget.setHeldBytes("stranger", 900);
        assertThat(budget.setHeldBytes("stranger", 0)).isEqualTo(List.of());
        assertThat(budget.total()).isZero();
        budget.setHeldBytes("stranger", 0);
        assertThat(budget.total()).isZero();
    }

    @Test
    void many_small_ones_are_bounded_too() {
        for (var i = 0; i < 10_000; i++) {
            budget.setHeldBytes("tiny " + i, 1);
            assertThat(budget.total()).isLessThanOrEqualTo(1_000);
        }
    }
}
