package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.Lane;

/** The predictions of a lane, compared with its order. */
class WeightedRoundRobinQueueTest {

    private final WeightedRoundRobinQueue queue = new WeightedRoundRobinQueue();

    private static TaskState<?> task(QueueOptions options) {
        var task = new TaskState<>(permit -> {
        }, outcome -> {
        });
        task.enqueue(options, 0);
        return task;
    }

    /** The weight of a caller never changes, as with an unchanged configuration. */
    private static QueueOptions options(Random random, int[] weights) {
        var caller = random.nextInt(weights.length);
        return new QueueOptions(Lane.INTERACTIVE, "caller " + caller, weights[caller], Duration.ZERO);
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
    void no_task_is_served_later_than_predicted(RepetitionInfo seed) {
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
    void no_retry_is_served_later_than_predicted(RepetitionInfo seed) {
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
    void a_retry_precedes_the_tasks_of_its_caller_only() {
        var first = task(new QueueOptions(Lane.INTERACTIVE, "first", Duration.ZERO));
        var second = task(new QueueOptions(Lane.INTERACTIVE, "second", Duration.ZERO));
        var retry = task(new QueueOptions(Lane.INTERACTIVE, "second", Duration.ZERO));
        queue.add(first);
        queue.add(second);
        queue.addRetry(retry);
        assertThat(queue.isRetry(retry)).isTrue();
        assertThat(queue.isRetry(second)).isFalse();
        assertThat(List.of(queue.next(), queue.next(), queue.next())).containsExactly(first, retry, second);
        assertThat(queue.size()).isZero();
    }

    @Test
    void a_removed_retry_leaves_no_state() {
        var retry = task(new QueueOptions(Lane.INTERACTIVE, "caller", 10, Duration.ZERO));
        queue.addRetry(retry);
        queue.remove(retry);
        assertThat(queue.size()).isZero();
        assertThat(queue.ahead(new QueueOptions(Lane.INTERACTIVE, "other", Duration.ZERO))).isZero();
    }
}
