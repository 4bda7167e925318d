package io.cardverification.pacing;

import static io.cardverification.pacing.TestTasks.denial;
import static io.cardverification.pacing.TestTasks.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.pacing.PermitDenied.Reason;
import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** The order of the queue: lanes, round-robin, deadlines. */
@NullUnmarked // subscribers return null before they end
class LaneSchedulingTest {

    private static final Duration SPACING = Duration.ofMillis(1020);
    private static final Duration PATIENT = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime(Long.MAX_VALUE - 1_000_000_000L);
    private Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, new RecordingPacerListener());
    private final List<String> order = new ArrayList<>();

    private UniAssertSubscriber<TaskResult<String>> ask(Lane lane, String caller, Duration maxWait) {
        return ask(new QueueOptions(lane, caller, maxWait));
    }

    private UniAssertSubscriber<TaskResult<String>> ask(QueueOptions options) {
        return TestTasks.task(pacer, permit -> Uni.createFrom().item(() -> {
            permit.markSent();
            order.add(options.caller());
            return options.caller();
        })).join(options).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private void ask(int times, Lane lane, String caller) {
        for (var i = 0; i < times; i++) {
            ask(lane, caller, PATIENT);
        }
    }

    private static Reason reason(UniAssertSubscriber<TaskResult<String>> caller) {
        return denial(caller).reason();
    }

    private void nextWindow() {
        order.clear();
        time.pass(SPACING);
    }

    @Test
    void interactive_is_served_before_earlier_batch() {
        ask(20, Lane.BATCH, "before");
        ask(5, Lane.BATCH, "batch");
        ask(5, Lane.INTERACTIVE, "interactive");
        nextWindow();
        assertThat(order).startsWith("interactive", "interactive", "interactive", "interactive", "interactive")
                .hasSize(10);
    }

    @Test
    void batch_receives_its_share_evenly_under_interactive_load() {
        ask(20, Lane.INTERACTIVE, "before");
        ask(2000, Lane.INTERACTIVE, "interactive");
        ask(500, Lane.BATCH, "batch");
        nextWindow();
        assertThat(order).hasSize(20);
        assertThat(order.get(9)).isEqualTo("batch");
        assertThat(order.get(19)).isEqualTo("batch");
        assertThat(order).filteredOn("batch"::equals).hasSize(2);
        order.clear();
        time.pass(SPACING.multipliedBy(50));
        assertThat(order).hasSize(1000).filteredOn("batch"::equals).hasSize(100);
    }

    @Test
    void interactive_uses_all_permits_if_batch_has_no_share() {
        pacer = new Pacer(TestPacingConfig.WARM.batchPercent(0), time, time, new RecordingPacerListener());
        ask(20, Lane.INTERACTIVE, "before");
        ask(100, Lane.BATCH, "batch");
        ask(40, Lane.INTERACTIVE, "interactive");
        order.clear();
        time.pass(SPACING.multipliedBy(2));
        assertThat(order).hasSize(40).doesNotContain("batch");
    }

    @Test
    void batch_alone_uses_all_permits_and_saves_none() {
        ask(20, Lane.BATCH, "batch");
        assertThat(order).hasSize(20);
        ask(20, Lane.BATCH, "batch");
        nextWindow();
        ask(100, Lane.INTERACTIVE, "interactive");
        ask(100, Lane.BATCH, "batch");
        nextWindow();
        assertThat(order).filteredOn("batch"::equals).hasSize(2);
    }

    @Test
    void callers_take_turns_within_a_lane() {
        ask(20, Lane.INTERACTIVE, "before");
        ask(10, Lane.INTERACTIVE, "greedy");
        ask(3, Lane.INTERACTIVE, "modest");
        ask(1, Lane.INTERACTIVE, "rare");
        nextWindow();
        assertThat(order).containsExactly("greedy", "modest", "rare", "greedy", "modest", "greedy", "modest", "greedy",
                "greedy", "greedy", "greedy", "greedy", "greedy", "greedy");
    }

    @Test
    void a_caller_receives_permits_by_its_weight() {
        ask(20, Lane.INTERACTIVE, "before");
        for (var i = 0; i < 100; i++) {
            ask(new QueueOptions(Lane.INTERACTIVE, "heavy", 3, PATIENT));
        }
        ask(100, Lane.INTERACTIVE, "light");
        nextWindow();
        assertThat(order).startsWith("heavy", "heavy", "heavy", "light", "heavy", "heavy", "heavy", "light")
                .filteredOn("light"::equals).hasSize(5);
    }

    @Test
    void another_callers_queue_does_not_deny_a_new_caller() {
        ask(20, Lane.INTERACTIVE, "before");
        ask(200, Lane.INTERACTIVE, "greedy");
        assertThat(reason(ask(Lane.INTERACTIVE, "greedy", Duration.ofSeconds(10)))).isEqualTo(Reason.QUEUE_FULL);
        var modest = ask(Lane.INTERACTIVE, "modest", Duration.ofSeconds(2)).assertNotTerminated();
        time.pass(SPACING);
        assertThat(outcome(modest)).isEqualTo("modest");
        assertThat(modest.getItem().waited()).isEqualTo(SPACING);
    }

    @Test
    void interactive_prediction_includes_the_batch_share() {
        ask(20, Lane.INTERACTIVE, "before");
        ask(1000, Lane.BATCH, "batch");
        ask(17, Lane.INTERACTIVE, "interactive");
        // 17 tasks, this one and two of batch are the 20 of one window; the next one is in the second window.
        ask(Lane.INTERACTIVE, "interactive", SPACING).assertNotTerminated();
        assertThat(reason(ask(Lane.INTERACTIVE, "interactive", SPACING))).isEqualTo(Reason.QUEUE_FULL);
    }

    @Test
    void batch_prediction_includes_its_minimum_share() {
        ask(20, Lane.INTERACTIVE, "before");
        ask(1000, Lane.INTERACTIVE, "interactive");
        // The first task of batch is dispatched as the tenth, the third as the thirtieth.
        var first = ask(Lane.BATCH, "batch", SPACING).assertNotTerminated();
        ask(Lane.BATCH, "batch", SPACING).assertNotTerminated();
        assertThat(reason(ask(Lane.BATCH, "batch", SPACING))).isEqualTo(Reason.QUEUE_FULL);
        time.pass(SPACING);
        assertThat(outcome(first)).isEqualTo("batch");
    }

    @Test
    void a_waiter_times_out_at_its_deadline_at_any_place() {
        pacer = new Pacer(TestPacingConfig.WARM.batchPercent(0), time, time, new RecordingPacerListener());
        ask(20, Lane.INTERACTIVE, "before");
        ask(100, Lane.BATCH, "batch");
        var batch = ask(Lane.BATCH, "other", Duration.ofSeconds(2)).assertNotTerminated();
        ask(1000, Lane.INTERACTIVE, "interactive");
        ask(Lane.BATCH, "patient", PATIENT);
        time.pass(Duration.ofSeconds(2).minusNanos(1));
        batch.assertNotTerminated();
        time.pass(Duration.ofNanos(1));
        assertThat(reason(batch)).isEqualTo(Reason.WAIT_TIMEOUT);
        assertThat(batch.getItem().waited()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void availability_shows_free_permits_and_the_next_wait() {
        ask(5, Lane.BATCH, "batch");
        assertThat(pacer.availability()).isEqualTo(new Availability(15, Duration.ZERO));
        ask(35, Lane.BATCH, "batch");
        assertThat(pacer.availability()).isEqualTo(new Availability(0, SPACING.multipliedBy(2)));
    }

    @Test
    void a_snapshot_counts_events() {
        ask(45, Lane.INTERACTIVE, "interactive");
        ask(Lane.BATCH, "batch", PATIENT).cancel();
        ask(Lane.BATCH, "batch", Duration.ZERO);
        var now = pacer.snapshot();
        assertThat(now.waiting()).containsEntry(Lane.INTERACTIVE, 25).containsEntry(Lane.BATCH, 0);
        assertThat(now.departed()).isEqualTo(20);
        assertThat(now.maxInWindow()).isEqualTo(20);
        assertThat(now.cancelled()).isEqualTo(1);
        assertThat(now.denied()).containsEntry(Reason.QUEUE_FULL, 1L).containsEntry(Reason.STOPPING, 0L);
        assertThat(now.spacing()).isEqualTo(SPACING);
    }
}
