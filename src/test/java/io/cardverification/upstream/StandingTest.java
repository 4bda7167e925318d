package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.cardverification.upstream.Standing.Trouble;

/** In virtual time. */
class StandingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Near where the clock wraps. */
    private long nowNanos = Long.MAX_VALUE - Duration.ofSeconds(40).toNanos();
    private final Standing standing = new Standing(() -> nowNanos);

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    @Test
    void who_has_been_told_nothing_is_ready() {
        assertThat(standing.trouble()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = { "CREDENTIALS_REFUSED", "ACCOUNT_REFUSED" })
    void what_only_an_operator_can_mend_is_told_at_once_and_lapses(Trouble trouble) {
        standing.met(trouble);
        assertThat(standing.trouble()).contains(trouble);
        pass(Standing.LAPSE.minusNanos(1));
        assertThat(standing.trouble()).contains(trouble);
        pass(Duration.ofNanos(1));
        assertThat(standing.trouble()).isEmpty();
        standing.met(trouble);
        assertThat(standing.trouble()).contains(trouble);
    }

    @ParameterizedTest
    @EnumSource(names = { "CREDENTIALS_REFUSED", "ACCOUNT_REFUSED" }, mode = Mode.EXCLUDE)
    void what_may_pass_by_itself_is_told_when_it_has_not_passed_for_a_while(Trouble trouble) {
        standing.met(trouble);
        for (var met = SECOND; met.compareTo(Standing.PATIENCE) < 0; met = met.plus(SECOND)) {
            assertThat(standing.trouble()).isEmpty();
            pass(SECOND);
            standing.met(trouble);
        }
        pass(SECOND);
        assertThat(standing.trouble()).contains(trouble);
    }

    @Test
    void a_trouble_that_has_lapsed_is_told_again_as_soon_as_it_is_met_again() {
        standing.met(Trouble.CIRCUIT_OPEN);
        pass(Standing.PATIENCE);
        assertThat(standing.trouble()).isEmpty();
        standing.met(Trouble.CIRCUIT_OPEN);
        assertThat(standing.trouble()).contains(Trouble.CIRCUIT_OPEN);
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_ends_every_trouble_at_once(Trouble trouble) {
        standing.met(trouble);
        pass(Standing.PATIENCE.minus(SECOND));
        standing.met(trouble);
        pass(SECOND);
        assertThat(standing.isIn(trouble)).isTrue();
        standing.served();
        assertThat(standing.trouble()).isEmpty();
        standing.met(Trouble.CIRCUIT_OPEN);
        assertThat(standing.trouble()).isEmpty();
    }

    @Test
    void a_breaker_that_closes_says_nothing_of_credentials() {
        standing.met(Trouble.CREDENTIALS_REFUSED);
        standing.over(Trouble.CIRCUIT_OPEN);
        assertThat(standing.trouble()).contains(Trouble.CREDENTIALS_REFUSED);
    }
}
