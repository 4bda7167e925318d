package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What a lane predicts, and what comes of it. */
class WeightedRoundRobinQueueTest {

    private final WeightedRoundRobinQueue queue = new WeightedRoundRobinQueue();

    private static TaskState<?> task(QueueOptions options) {
        var task = new TaskState<>(permit -> {
        }, outcome -> {
        });
        task.enqueue(options, 0);
        return task;
    }

    /** A caller's weight is the same all the time, as where nobody changes the configuration. */
    private static QueueOptions options(Random random, int[] weights) {
        var caller = random.nextInt(weights.length);
        return new QueueOptions(QueueLane.INTERACTIVE, "caller " + caller, weights[caller], Duration.ZERO);
    }

    private int dispatchedBefore(TaskState<?> task) {
        for (var before = 0;; before++) {
            if (queue.next() == task) {
                return before;
            }
        }
    }

    private void fill(Random random, int[] weights) {
        for (var i = random.nextInt(60); i > 0; i--) {
            var task = task(options(random, weights));
            if (random.nextInt(4) == 0) {
                queue.addRetry(task);
            } else {
                queue.add(task);
            }
            if (random.nextInt(3) == 0) {
                queue.next();
            }
        }
    }

    @RepeatedTest(500)
    void nobody_leaves_later_than_predicted_while_nobody_else_comes(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        var weights = random.ints(4, 1, 11).toArray();
        fill(random, weights);
        var options = options(random, weights);
        var predicted = queue.ahead(options);
        var task = task(options);
        queue.add(task);
        assertThat(dispatchedBefore(task)).isLessThanOrEqualTo(predicted);
    }

    @RepeatedTest(500)
    void no_retry_leaves_later_than_predicted(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        var weights = random.ints(4, 1, 11).toArray();
        fill(random, weights);
        var options = options(random, weights);
        var predicted = queue.aheadOfRetry(options);
        var task = task(options);
        queue.addRetry(task);
        assertThat(dispatchedBefore(task)).isLessThanOrEqualTo(predicted);
    }

    @Test
    void a_retry_is_first_of_its_caller_and_not_of_others() {
        var first = task(new QueueOptions(QueueLane.INTERACTIVE, "first", Duration.ZERO));
        var second = task(new QueueOptions(QueueLane.INTERACTIVE, "second", Duration.ZERO));
        var retry = task(new QueueOptions(QueueLane.INTERACTIVE, "second", Duration.ZERO));
        queue.add(first);
        queue.add(second);
        queue.addRetry(retry);
        assertThat(queue.isRetry(retry)).isTrue();
        assertThat(queue.isRetry(second)).isFalse();
        assertThat(List.of(queue.next(), queue.next(), queue.next())).containsExactly(first, retry, second);
        assertThat(queue.size()).isZero();
    }

    @Test
    void a_retry_that_leaves_the_line_leaves_nothing_behind() {
        var retry = task(new QueueOptions(QueueLane.INTERACTIVE, "caller", 10, Duration.ZERO));
        queue.addRetry(retry);
        queue.remove(retry);
        assertThat(queue.size()).isZero();
        assertThat(queue.ahead(new QueueOptions(QueueLane.INTERACTIVE, "other", Duration.ZERO))).isZero();
    }
}
