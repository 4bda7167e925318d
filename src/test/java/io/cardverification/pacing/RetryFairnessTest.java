package io.cardverification.pacing;

import static io.cardverification.pacing.TestTasks.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;

/** The permits of a caller whose requests have to be sent several times. */
class RetryFairnessTest {

    private static final Duration PATIENT = Duration.ofHours(1);
    private static final Duration ANSWER = Duration.ofMillis(5);
    private static final int ATTEMPTS = 4;

    private final VirtualTime time = new VirtualTime(0);
    private final Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, new RecordingPacerListener());
    private final List<String> order = new ArrayList<>();
    private final List<TaskResult<String>> busy = new ArrayList<>();

    /** Sent four times, with pauses of 200, 400 and 800 ms, as for result -17. */
    private void askBusy(int weight, Duration maxWait) {
        var tried = new AtomicInteger();
        TestTasks.<String> attempts(pacer, permit -> answer(permit, "busy").map(
                answer -> tried.incrementAndGet() < ATTEMPTS
                        ? new Attempt.RetryAfter<>("-17", Duration.ofMillis(100L << tried.get()))
                        : new Attempt.Done<>(answer)))
                .join(new QueueOptions(Lane.INTERACTIVE, "busy", weight, maxWait)).subscribe().with(busy::add);
    }

    private void askGood() {
        TestTasks.task(pacer, permit -> answer(permit, "good")).join(new QueueOptions(Lane.INTERACTIVE, "good", PATIENT))
                .subscribe()
                .with(result -> {
                });
    }

    private Uni<String> answer(Permit permit, String caller) {
        permit.markSent();
        order.add(caller);
        return Uni.createFrom().emitter(later -> time.schedule(ANSWER.toNanos(), () -> later.complete(caller)));
    }

    private long permits(String caller) {
        return order.stream().filter(caller::equals).count();
    }

    /** Without the caller's turn for retries, the permits were 524 to 136. */
    @Test
    void retries_use_their_callers_share_only() {
        for (var i = 0; i < 700; i++) {
            askBusy(1, PATIENT);
            askGood();
        }
        order.clear();
        time.pass(Duration.ofSeconds(34));
        assertThat(order).hasSizeBetween(640, 680);
        assertThat(permits("good") - permits("busy")).isBetween(-1L, 1L);
    }

    @Test
    void a_weight_applies_to_retries() {
        for (var i = 0; i < 700; i++) {
            askBusy(3, PATIENT);
            askGood();
        }
        order.clear();
        time.pass(Duration.ofSeconds(34));
        assertThat(permits("busy") - 3 * permits("good")).isBetween(-3L, 3L);
    }

    @Test
    void retries_use_permits_that_no_other_caller_needs() {
        askBusy(1, PATIENT);
        time.pass(Duration.ofSeconds(2));
        assertThat(permits("busy")).isEqualTo(ATTEMPTS);
        assertThat(outcome(busy.get(0))).isEqualTo("busy");
    }

    @Test
    void a_retry_precedes_new_tasks_of_its_caller() {
        for (var i = 0; i < 100; i++) {
            askBusy(1, PATIENT);
        }
        // After four windows the first twenty tasks have received four permits each, and no other task has ended.
        time.pass(Duration.ofSeconds(5));
        assertThat(busy).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void a_retry_keeps_its_first_deadline() {
        for (var i = 0; i < 100; i++) {
            askGood();
        }
        askBusy(1, Duration.ofMillis(1500));
        time.pass(Duration.ofMillis(1500).minusNanos(1));
        assertThat(busy).isEmpty();
        time.pass(Duration.ofNanos(1));
        assertThat(outcome(busy.get(0))).isEqualTo("-17");
        assertThat(permits("busy")).isEqualTo(1);
    }
}
