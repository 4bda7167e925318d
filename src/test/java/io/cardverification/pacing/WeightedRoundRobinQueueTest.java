package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

/** What a lane predicts, and what comes of it. */
class WeightedRoundRobinQueueTest {

    private final VirtualTime time = new VirtualTime(0);
    private final Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, new RecordingPacerListener());
    private final WeightedRoundRobinQueue line = new WeightedRoundRobinQueue();

    private PacedTask<?> turn(QueueOptions place) {
        var turn = pacer.turn(permit -> Uni.createFrom().nullItem());
        turn.waitAt(place, 0);
        return turn;
    }

    /** A caller's weight is the same all the time, as where nobody changes the configuration. */
    private static QueueOptions place(Random random, int[] weights) {
        var caller = random.nextInt(weights.length);
        return new QueueOptions(QueueLane.INTERACTIVE, "caller " + caller, weights[caller], Duration.ZERO);
    }

    private int leftBefore(PacedTask<?> turn) {
        for (var left = 0;; left++) {
            if (line.next() == turn) {
                return left;
            }
        }
    }

    private void fill(Random random, int[] weights) {
        for (var i = random.nextInt(60); i > 0; i--) {
            var turn = turn(place(random, weights));
            if (random.nextInt(4) == 0) {
                line.addRetry(turn);
            } else {
                line.add(turn);
            }
            if (random.nextInt(3) == 0) {
                line.next();
            }
        }
    }

    @RepeatedTest(500)
    void nobody_leaves_later_than_predicted_while_nobody_else_comes(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        var weights = random.ints(4, 1, 11).toArray();
        fill(random, weights);
        var place = place(random, weights);
        var predicted = line.ahead(place);
        var turn = turn(place);
        line.add(turn);
        assertThat(leftBefore(turn)).isLessThanOrEqualTo(predicted);
    }

    @RepeatedTest(500)
    void no_retry_leaves_later_than_predicted(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        var weights = random.ints(4, 1, 11).toArray();
        fill(random, weights);
        var place = place(random, weights);
        var predicted = line.aheadOfRetry(place);
        var turn = turn(place);
        line.addRetry(turn);
        assertThat(leftBefore(turn)).isLessThanOrEqualTo(predicted);
    }

    @Test
    void a_retry_is_first_of_its_caller_and_not_of_others() {
        var first = turn(new QueueOptions(QueueLane.INTERACTIVE, "first", Duration.ZERO));
        var second = turn(new QueueOptions(QueueLane.INTERACTIVE, "second", Duration.ZERO));
        var retry = turn(new QueueOptions(QueueLane.INTERACTIVE, "second", Duration.ZERO));
        line.add(first);
        line.add(second);
        line.addRetry(retry);
        assertThat(line.isRetry(retry)).isTrue();
        assertThat(line.isRetry(second)).isFalse();
        assertThat(List.of(line.next(), line.next(), line.next())).containsExactly(first, retry, second);
        assertThat(line.size()).isZero();
    }

    @Test
    void a_retry_that_leaves_the_line_leaves_nothing_behind() {
        var retry = turn(new QueueOptions(QueueLane.INTERACTIVE, "caller", 10, Duration.ZERO));
        line.addRetry(retry);
        line.remove(retry);
        assertThat(line.size()).isZero();
        assertThat(line.ahead(new QueueOptions(QueueLane.INTERACTIVE, "other", Duration.ZERO))).isZero();
    }
}
