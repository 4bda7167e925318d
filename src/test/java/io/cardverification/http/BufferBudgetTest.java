package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class BufferBudgetTest {

    /** The limit is a thousand bytes. Holders with a name of one letter are authenticated. */
    private final BufferBudget<String> budget = new BufferBudget<>(1_000, name -> name.length() == 1);

    @Test
    void closes_no_holder_within_the_limit() {
        assertThat(budget.setHeldBytes("stranger", 600)).isEmpty();
        assertThat(budget.setHeldBytes("a", 400)).isEmpty();
        assertThat(budget.total()).isEqualTo(1_000);
    }

    @Test
    void closes_the_oldest_of_the_large_holders_first() {
        budget.setHeldBytes("small and oldest", 10);
        budget.setHeldBytes("old", 400);
        budget.setHeldBytes("newer", 400);
        assertThat(budget.setHeldBytes("newest", 400)).containsExactly("old");
        assertThat(budget.total()).isEqualTo(810);
    }

    @Test
    void a_growing_holder_keeps_its_age() {
        budget.setHeldBytes("old", 100);
        budget.setHeldBytes("newer", 450);
        assertThat(budget.setHeldBytes("old", 600)).containsExactly("old");
    }

    @Test
    void never_closes_a_request_of_ordinary_size() {
        budget.setHeldBytes("ordinary", 40);
        for (var i = 0; i < 1_000; i++) {
            assertThat(budget.setHeldBytes("attacker " + i, 100)).doesNotContain("ordinary");
            assertThat(budget.total()).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void closes_unauthenticated_holders_before_callers() {
        budget.setHeldBytes("a", 450);
        budget.setHeldBytes("stranger", 300);
        assertThat(budget.setHeldBytes("other", 300)).containsExactly("stranger");
        assertThat(budget.total()).isEqualTo(750);
    }

    @Test
    void closes_a_caller_if_callers_hold_the_larger_part() {
        budget.setHeldBytes("stranger", 100);
        budget.setHeldBytes("a", 300);
        assertThat(budget.setHeldBytes("b", 800)).containsExactly("b");
    }

    @Test
    void released_bytes_are_not_counted() {
        budget.setHeldBytes("stranger", 900);
        assertThat(budget.setHeldBytes("stranger", 0)).isEqualTo(List.of());
        assertThat(budget.total()).isZero();
        budget.setHeldBytes("stranger", 0);
        assertThat(budget.total()).isZero();
    }

    @Test
    void limits_many_small_holders() {
        for (var i = 0; i < 10_000; i++) {
            budget.setHeldBytes("tiny " + i, 1);
            assertThat(budget.total()).isLessThanOrEqualTo(1_000);
        }
    }
}
