package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@NullUnmarked // subscribers return null before they end
class PacerTest extends PacerFixture {

    private Pacer start(TestPacingConfig settings) {
        return new Pacer(settings, time, time, new RecordingPacerListener());
    }

    @Test
    void an_empty_queue_means_no_wait() {
        ask(1, Duration.ZERO).assertItem(1);
        assertThat(time.armedTimers()).isZero();
    }

    @Test
    void a_free_permit_means_no_wait_even_if_the_clock_goes_on() {
        var clock = new AtomicLong();
        var pacer = new Pacer(TestPacingConfig.WARM, () -> clock.addAndGet(1_000_000), time, new RecordingPacerListener());
        var task = pacer.task(permit -> Uni.createFrom().item(new Attempt.Done<>(1)), failure -> 0, outcome -> {
        });
        var result = task.join(new QueueOptions(Lane.INTERACTIVE, "caller", PATIENT)).subscribe()
                .withSubscriber(UniAssertSubscriber.create()).getItem();
        assertThat(result.waited()).isZero();
    }

    @Test
    void sends_twenty_at_once_and_one_more_after_the_spacing() {
        var start = time.getAsLong();
        var callers = askAll(21);
        assertThat(departures).hasSize(20).allMatch(at -> at == start);
        time.pass(SPACING.minusNanos(1));
        callers.get(20).assertNotTerminated();
        time.pass(Duration.ofNanos(1));
        callers.get(20).assertItem(20);
    }

    @Test
    void sends_two_hundred_in_order_in_nine_windows() {
        var start = time.getAsLong();
        askAll(200);
        time.pass(SPACING.multipliedBy(9));
        assertThat(order).hasSize(200).isSorted();
        assertThat(departures.get(199) - start).isEqualTo(SPACING.multipliedBy(9).toNanos());
        assertThat(largestCountIn(SPACING)).isEqualTo(20);
    }

    @Test
    void one_timer_serves_the_whole_queue() {
        askAll(200);
        assertThat(time.armedTimers()).isOne();
        time.pass(SPACING.multipliedBy(5));
        assertThat(time.armedTimers()).isOne();
        time.pass(SPACING.multipliedBy(5));
        assertThat(time.armedTimers()).isZero();
    }

    @Test
    void a_cancelled_waiter_is_not_sent_and_the_next_one_moves_up() {
        var callers = askAll(60);
        callers.subList(20, 59).forEach(UniAssertSubscriber::cancel);
        time.pass(SPACING);
        callers.get(59).assertItem(59);
        assertThat(order).hasSize(21).doesNotContain(20, 58);
    }

    @Test
    void a_cancel_after_the_dispatch_cancels_the_attempt() {
        var cancelled = new AtomicInteger();
        var caller = inTurn(permit -> Uni.createFrom().<Integer> nothing().onCancellation().invoke(cancelled::incrementAndGet),
                PATIENT)
                .subscribe().withSubscriber(UniAssertSubscriber.create());
        caller.cancel();
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void a_failure_of_the_work_reaches_the_waiter() {
        inTurn(permit -> Uni.createFrom().failure(new IllegalStateException("work")), PATIENT)
                .subscribe().withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(IllegalStateException.class, "work");
    }

    @Test
    void each_subscription_takes_its_own_permit() {
        var count = new AtomicInteger();
        var work = inTurn(permit -> Uni.createFrom().item(count.incrementAndGet()), PATIENT);
        assertThat(count).hasValue(0);
        work.subscribe().withSubscriber(UniAssertSubscriber.create()).assertItem(1);
        work.subscribe().withSubscriber(UniAssertSubscriber.create()).assertItem(2);
    }

    @Test
    void denies_at_once_if_the_predicted_wait_exceeds_the_maximum() {
        askAll(60);
        // The 61st request would depart after three spacings, 3.06 s.
        var refused = ask(60, Duration.ofSeconds(2));
        refused.assertFailedWith(DeniedException.class);
        var retryAfter = ((DeniedException) refused.getFailure()).denial.retryAfter();
        assertThat(retryAfter).isEqualTo(SPACING.multipliedBy(3).minusSeconds(2));

        time.pass(retryAfter.minusNanos(1));
        ask(61, Duration.ofSeconds(2)).assertFailedWith(DeniedException.class);
        time.pass(Duration.ofNanos(1));
        var admitted = ask(62, Duration.ofSeconds(2)).assertNotTerminated();
        time.pass(Duration.ofSeconds(2));
        admitted.assertItem(62);
    }

    @Test
    void a_denied_waiter_takes_no_place() {
        askAll(40);
        for (var i = 0; i < 100; i++) {
            ask(100 + i, Duration.ofMillis(1)).assertFailedWith(DeniedException.class);
        }
        var next = ask(40, PATIENT);
        time.pass(SPACING.multipliedBy(2));
        next.assertItem(40);
    }

    @Test
    void a_late_timer_never_exceeds_the_limit() {
        time.late(Duration.ofMillis(36));
        askAll(200);
        time.pass(Duration.ofMinutes(1));
        assertThat(order).hasSize(200).isSorted();
        assertThat(largestCountIn(SPACING)).isEqualTo(20);
    }

    @Test
    void uses_the_limit_fully_and_never_exceeds_it() {
        for (var seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            departures.clear();
            var waiting = new ArrayList<UniAssertSubscriber<Integer>>();
            for (var step = 0; step < 500; step++) {
                if (random.nextInt(4) > 0) {
                    waiting.add(ask(step, Duration.ofMillis(random.nextInt(5000))));
                } else if (!waiting.isEmpty()) {
                    waiting.remove(random.nextInt(waiting.size())).cancel();
                }
                time.late(Duration.ofNanos(random.nextInt(3_000_000)));
                time.pass(Duration.ofNanos((long) random.nextInt(2_000) * random.nextInt(100_000)));
            }
            time.pass(Duration.ofMinutes(1));
            assertThat(largestCountIn(SPACING)).as("seed %d", seed).isLessThanOrEqualTo(20);
            assertThat(largestCountIn(SPACING.plusMillis(4))).as("seed %d", seed).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void invalid_settings_are_rejected_by_rule() {
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.limit(0))).hasMessage("limit must be at least 1, but is 0");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.window(Duration.ZERO)))
                .hasMessageStartingWith("window must be above");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.margins(Duration.ofNanos(-1), MARGIN)))
                .hasMessageStartingWith("margin must not be negative");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.margins(MARGIN, MARGIN.minusNanos(1))))
                .hasMessageStartingWith("startup-margin must be at least the margin");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.batchPercent(91)))
                .hasMessage("batch-percent must be 0 to 90, but is 91");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.rejectionTimeout(Duration.ofNanos(-1))))
                .hasMessageStartingWith("rejection-timeout must not be negative");
        assertThatThrownBy(() -> new QueueOptions(Lane.BATCH, "caller", Duration.ofDays(2)))
                .hasMessageStartingWith("max-wait must be zero to a day");
    }

    @Test
    void sends_nothing_for_one_spacing_after_a_saturated_start() {
        var cold = start(TestPacingConfig.WARM.margins(MARGIN, Duration.ofMillis(150)).withPredecessor());
        var first = TestTasks.task(cold, permit -> Uni.createFrom().item(permit::isSent))
                .join(new QueueOptions(Lane.INTERACTIVE, "caller", PATIENT)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        time.pass(WINDOW.plusMillis(150).minusNanos(1));
        first.assertNotTerminated();
        time.pass(Duration.ofNanos(1));
        first.assertCompleted();
    }
}
