package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@NullUnmarked // rides have either
class PacerTest {

    private static final int LIMIT = 20;
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration MARGIN = Duration.ofMillis(20);
    private static final Duration SPACING = WINDOW.plus(MARGIN);
    private static final Duration PATIENT = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime(Long.MAX_VALUE - 5_000_000_000L); // wraps in mid-test, as it may
    private final Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, new RecordingPacerListener());
    private final List<Long> departures = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();

    /** A denial, as a failure. */
    private static final class DeniedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient PermitDenied denial;

        DeniedException(PermitDenied denial) {
            this.denial = denial;
        }
    }

    private UniAssertSubscriber<Integer> ask(int who, Duration maxWait) {
        return inTurn(permit -> Uni.createFrom().item(() -> {
            depart(permit);
            order.add(who);
            return who;
        }), maxWait).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private <T> Uni<T> inTurn(Function<Permit, Uni<T>> work, Duration maxWait) {
        return Uni.createFrom()
                .deferred(() -> pacer.<Uni<T>> task(
                        permit -> work.apply(permit).map(item -> new Attempt.Done<>(Uni.createFrom().item(item))),
                        Uni.createFrom()::failure, outcome -> {
                        }).join(new QueueOptions(QueueLane.INTERACTIVE, "caller", maxWait)))
                .onItem().transformToUni(result -> result instanceof TaskResult.Denied<Uni<T>> denied
                        ? Uni.createFrom().failure(new DeniedException(denied.denial()))
                        : TestTasks.outcome(result));
    }

    private void depart(Permit permit) {
        permit.markSent();
        departures.add(time.getAsLong());
    }

    /** A caller whose request leaves only when the test says so, as over a connection that has yet to be made. */
    private UniAssertSubscriber<Integer> askSlowly(List<Permit> permits) {
        return inTurn(permit -> {
            permits.add(permit);
            return Uni.createFrom().<Integer> nothing();
        }, PATIENT).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private List<UniAssertSubscriber<Integer>> askAll(int count) {
        var callers = new ArrayList<UniAssertSubscriber<Integer>>();
        for (var i = 0; i < count; i++) {
            callers.add(ask(i, PATIENT));
        }
        return callers;
    }

    private long largestCountIn(Duration window) {
        return WindowCounter.largestCountIn(window, departures);
    }

    @Test
    void who_finds_the_queue_empty_waits_not_at_all() {
        ask(1, Duration.ZERO).assertItem(1);
        assertThat(time.armedTimers()).isZero();
    }

    @Test
    void twenty_leave_at_once_and_the_twenty_first_after_window_and_margin() {
        var start = time.getAsLong();
        var callers = askAll(21);
        assertThat(departures).hasSize(20).allMatch(at -> at == start);
        time.pass(SPACING.minusNanos(1));
        callers.get(20).assertNotTerminated();
        time.pass(Duration.ofNanos(1));
        callers.get(20).assertItem(20);
    }

    @Test
    void two_hundred_at_once_leave_first_come_first_served_in_nine_windows() {
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
    void who_leaves_the_queue_is_never_sent_and_its_turn_serves_the_next() {
        var callers = askAll(60);
        callers.subList(20, 59).forEach(UniAssertSubscriber::cancel);
        time.pass(SPACING);
        callers.get(59).assertItem(59);
        assertThat(order).hasSize(21).doesNotContain(20, 58);
    }

    @Test
    void the_work_is_cancelled_with_the_caller_who_is_already_served() {
        var cancelled = new AtomicInteger();
        var caller = inTurn(permit -> Uni.createFrom().<Integer> nothing().onCancellation().invoke(cancelled::incrementAndGet),
                PATIENT)
                .subscribe().withSubscriber(UniAssertSubscriber.create());
        caller.cancel();
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void a_failure_of_the_work_is_the_callers() {
        inTurn(permit -> Uni.createFrom().failure(new IllegalStateException("work")), PATIENT)
                .subscribe().withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(IllegalStateException.class, "work");
    }

    @Test
    void each_subscription_takes_a_turn_of_its_own() {
        var count = new AtomicInteger();
        var work = inTurn(permit -> Uni.createFrom().item(count.incrementAndGet()), PATIENT);
        assertThat(count).hasValue(0);
        work.subscribe().withSubscriber(UniAssertSubscriber.create()).assertItem(1);
        work.subscribe().withSubscriber(UniAssertSubscriber.create()).assertItem(2);
    }

    @Test
    void who_would_wait_too_long_is_refused_at_once_and_told_when_it_would_not() {
        askAll(60);
        // The 61st would leave after three spacings, 3.06 s.
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
    void a_refused_caller_takes_no_place() {
        askAll(40);
        for (var i = 0; i < 100; i++) {
            ask(100 + i, Duration.ofMillis(1)).assertFailedWith(DeniedException.class);
        }
        var next = ask(40, PATIENT);
        time.pass(SPACING.multipliedBy(2));
        next.assertItem(40);
    }

    @Test
    void a_late_timer_delays_but_never_crowds() {
        time.late(Duration.ofMillis(36));
        askAll(200);
        time.pass(Duration.ofMinutes(1));
        assertThat(order).hasSize(200).isSorted();
        assertThat(largestCountIn(SPACING)).isEqualTo(20);
    }

    @Test
    void the_log_is_used_to_the_full_and_never_beyond_under_random_arrivals_and_cancels() {
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
    void settings_that_make_no_sense_are_refused_by_their_rule() {
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.limit(0))).hasMessage("limit must be at least 1, but is 0");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.window(Duration.ZERO)))
                .hasMessageStartingWith("window must be above");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.margins(Duration.ofNanos(-1), MARGIN)))
                .hasMessageStartingWith("margin must not be negative");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.margins(MARGIN, MARGIN.minusNanos(1))))
                .hasMessageStartingWith("cold-margin must be at least the margin");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.batchPercent(91)))
                .hasMessage("batch-percent must be 0 to 90, but is 91");
        assertThatThrownBy(() -> start(TestPacingConfig.WARM.lockOut(Duration.ofNanos(-1))))
                .hasMessageStartingWith("lock-out must not be negative");
        assertThatThrownBy(() -> new QueueOptions(QueueLane.BATCH, "caller", Duration.ofDays(2)))
                .hasMessageStartingWith("max-wait must be zero to a day");
    }

    private Pacer start(TestPacingConfig settings) {
        return new Pacer(settings, time, time, new RecordingPacerListener());
    }

    @Test
    void after_a_predecessor_nothing_leaves_for_a_window_and_the_cold_margin() {
        var cold = start(TestPacingConfig.WARM.margins(MARGIN, Duration.ofMillis(150)).withPredecessor());
        var first = TestTasks.task(cold, permit -> Uni.createFrom().item(permit::isSent))
                .join(new QueueOptions(QueueLane.INTERACTIVE, "caller", PATIENT)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        time.pass(WINDOW.plusMillis(150).minusNanos(1));
        first.assertNotTerminated();
        time.pass(Duration.ofNanos(1));
        first.assertCompleted();
    }

    @Test
    void a_permit_is_held_until_its_request_leaves() {
        var permits = new ArrayList<Permit>();
        for (var i = 0; i < LIMIT; i++) {
            askSlowly(permits);
        }
        var next = ask(1, PATIENT);
        time.pass(Duration.ofMinutes(1));
        next.assertNotTerminated();

        depart(permits.get(7));
        time.pass(SPACING.minusNanos(1));
        next.assertNotTerminated();
        time.pass(Duration.ofNanos(1));
        next.assertItem(1);
    }

    @Test
    void a_slow_departure_is_predicted_as_if_it_left_now() {
        var permits = new ArrayList<Permit>();
        for (var i = 0; i < LIMIT; i++) {
            askSlowly(permits);
        }
        ask(1, SPACING.minusNanos(1)).assertFailedWith(DeniedException.class);
        ask(2, SPACING).assertNotTerminated();
    }

    @Test
    void who_waits_longer_than_predicted_leaves_at_the_deadline() {
        var permits = new ArrayList<Permit>();
        for (var i = 0; i < LIMIT; i++) {
            askSlowly(permits);
        }
        var waiting = ask(1, Duration.ofSeconds(2));
        time.pass(Duration.ofSeconds(2).minusNanos(1));
        waiting.assertNotTerminated();
        time.pass(Duration.ofNanos(1));
        waiting.assertFailedWith(DeniedException.class);

        var patient = ask(2, PATIENT);
        permits.forEach(this::depart);
        time.pass(SPACING);
        patient.assertItem(2);
    }

    @Test
    void an_end_without_a_word_counts_as_a_departure() {
        for (var i = 0; i < LIMIT; i++) {
            inTurn(permit -> Uni.createFrom().<Integer> failure(IllegalStateException::new), PATIENT).subscribe()
                    .withSubscriber(UniAssertSubscriber.create());
        }
        var next = ask(1, PATIENT);
        time.pass(SPACING.minusNanos(1));
        next.assertNotTerminated();
        time.pass(Duration.ofNanos(1));
        next.assertItem(1);
    }

    @Test
    void a_cancel_between_permit_and_departure_passes_the_permit_on_and_nothing_departs() {
        var permits = new ArrayList<Permit>();
        for (var i = 0; i < LIMIT - 1; i++) {
            askSlowly(permits);
        }
        var cancelled = askSlowly(permits);
        var next = ask(1, PATIENT);
        next.assertNotTerminated();
        cancelled.cancel();
        next.assertItem(1);
        assertThat(permits.get(LIMIT - 1).markSent()).isFalse();
        assertThat(permits.get(LIMIT - 1).isSent()).isFalse();
        assertThat(permits.get(0).markSent()).isTrue();
        assertThat(permits.get(0).markSent()).isTrue();
    }

    @Test
    void what_is_withdrawn_never_departs_and_does_not_count_and_what_has_departed_cannot_be_withdrawn() {
        var permits = new ArrayList<Permit>();
        for (var i = 0; i < LIMIT; i++) {
            askSlowly(permits);
        }
        assertThat(permits.get(0).markSent()).isTrue();
        assertThat(permits.get(0).revoke()).isFalse();
        assertThat(permits.get(1).revoke()).isTrue();
        assertThat(permits.get(1).revoke()).isTrue();
        assertThat(permits.get(1).markSent()).isFalse();
        ask(1, PATIENT).assertItem(1);
    }

    @Test
    void a_permit_that_was_given_back_is_free_at_once() {
        var log = new SlidingWindowLog(WINDOW, new AdaptiveLimit(1, WINDOW, MARGIN, MARGIN));
        log.acquire();
        assertThat(log.waitNanos(0, 0)).isPositive();
        assertThat(log.free(0)).isZero();
        log.release();
        assertThat(log.waitNanos(0, 0)).isZero();
        assertThat(log.free(0)).isOne();
    }
}
