package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.verification.Lane;

/** Finds the upstream's real limit under more load than it accepts, in virtual time. */
class AdaptationTest {

    private final VirtualTime time = new VirtualTime(0);
    private final RecordingPacerListener listener = new RecordingPacerListener();
    private Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, listener);
    private final SimulatedUpstream upstream = new SimulatedUpstream(time);

    private void saturate() {
        for (var i = 0; i < 300; i++) {
            ask();
        }
    }

    /** A caller that has its result asks again. */
    private void ask() {
        TestTasks.attempts(pacer, upstream::ask).join(new QueueOptions(Lane.INTERACTIVE, "caller", Duration.ofHours(1)))
                .subscribe().with(result -> time.schedule(1, this::ask));
    }

    private double perSecond(Duration duration) {
        upstream.forget();
        time.pass(duration);
        return upstream.admitted / (double) duration.toSeconds();
    }

    private double refusedShare() {
        return upstream.refused / (double) (upstream.refused + upstream.admitted);
    }

    @ParameterizedTest
    @ValueSource(ints = { 19, 15, 10, 5, 2 })
    void finds_a_lower_limit_within_a_minute_and_its_end_later(int limit) {
        saturate();
        time.pass(Duration.ofMinutes(1));
        upstream.limit = limit;
        time.pass(Duration.ofMinutes(1));
        assertThat(perSecond(Duration.ofMinutes(10))).isBetween(limit * 0.97, limit * 1.0);
        assertThat(refusedShare()).isLessThan(0.02);

        upstream.limit = 20;
        time.pass(Duration.ofMinutes(3));
        assertThat(perSecond(Duration.ofMinutes(10))).isBetween(20 * 0.97, 20.0);
        assertThat(upstream.refused).isZero();
        assertThat(listener.events).containsExactly("degraded", "restored");
    }

    @Test
    void finds_a_limit_of_fifteen_after_a_cold_start() {
        pacer = new Pacer(TestPacingConfig.WARM.margins(Duration.ofMillis(20), Duration.ofMillis(150)).withPredecessor(), time,
                time,
                listener);
        upstream.limit = 15;
        saturate();
        time.pass(Duration.ofMinutes(1));
        for (var part = 0; part < 6; part++) {
            assertThat(perSecond(Duration.ofMinutes(10))).isBetween(15 * 0.97, 15.0);
            assertThat(refusedShare()).isLessThan(0.02);
        }
    }

    @Test
    void jitter_within_the_margin_causes_no_rejection() {
        var random = new Random(1);
        upstream.delay = () -> 20_000_000 + Math.min(19_000_000, Math.round(-Math.log(1 - random.nextDouble()) * 3_000_000));
        saturate();
        assertThat(perSecond(Duration.ofHours(1))).isGreaterThanOrEqualTo(20 * 0.97);
        assertThat(upstream.refused).isZero();
        assertThat(upstream.maxCountInASecond()).isEqualTo(20);
    }

    @Test
    void jitter_beyond_the_margin_increases_it_for_a_while() {
        var random = new Random(2);
        upstream.delay = () -> random.nextInt(60_000_000);
        saturate();
        time.pass(Duration.ofMinutes(1));
        perSecond(Duration.ofMinutes(10));
        assertThat(refusedShare()).isLessThan(0.02);

        upstream.delay = () -> 0;
        time.pass(Duration.ofMinutes(3));
        assertThat(perSecond(Duration.ofMinutes(10))).isGreaterThanOrEqualTo(20 * 0.97);
    }
}
