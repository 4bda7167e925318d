package io.cardverification.pacing;

import static io.cardverification.pacing.TestTasks.denial;
import static io.cardverification.pacing.TestTasks.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.pacing.PermitDenied.Reason;
import io.cardverification.verification.Lane;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Further attempts of a task, and its waiters meanwhile. */
@NullUnmarked // subscribers return null before they end
class TaskRetryTest extends PacedTaskFixture {

    private void failAgain(Duration rest) {
        sent.get(sent.size() - 1).complete(new Attempt.RetryAfter<>("attempt " + sent.size(), rest));
    }

    @Test
    void a_retry_pauses_and_takes_a_new_permit() {
        var caller = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        time.pass(Duration.ofMillis(199));
        assertThat(sent).hasSize(1);
        time.pass(Duration.ofMillis(1));
        assertThat(sent).hasSize(2);
        sent.get(1).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(caller)).isEqualTo("answer");
        assertThat(pacer.snapshot().departed()).isEqualTo(2);
        assertThat(ended).hasSize(1);
    }

    @Test
    void a_pause_beyond_a_deadline_ends_that_waiter_only() {
        var hasty = join(options(Lane.INTERACTIVE, Duration.ofMillis(199)));
        var patient = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        assertThat(outcome(hasty)).isEqualTo("attempt 1");
        assertThat(ended).isEmpty();
        time.pass(Duration.ofMillis(200));
        sent.get(1).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(patient)).isEqualTo("answer");
    }

    @Test
    void joining_a_pause_beyond_the_deadline_is_denied() {
        var patient = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        time.pass(Duration.ofMillis(50));
        assertThat(denial(join(options(Lane.INTERACTIVE, Duration.ofMillis(100)))).retryAfter())
                .isEqualTo(Duration.ofMillis(50));
        var second = join(options(Lane.INTERACTIVE, Duration.ofMillis(150)));
        time.pass(Duration.ofMillis(150));
        sent.get(1).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(patient)).isEqualTo("answer");
        assertThat(outcome(second)).isEqualTo("answer");
    }

    @Test
    void a_pause_beyond_all_deadlines_ends_the_task() {
        var hasty = join(options(Lane.INTERACTIVE, Duration.ofMillis(199)));
        failAgain(Duration.ofMillis(200));
        assertThat(outcome(hasty)).isEqualTo("attempt 1");
        assertThat(ended).containsExactly("attempt 1");
        time.pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(1);
    }

    @Test
    void the_last_cancel_in_a_pause_completes_with_the_last_outcome() {
        var caller = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        caller.cancel();
        assertThat(ended).containsExactly("attempt 1");
        time.pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(1);
        assertThat(task.isCommitted()).isTrue();
    }

    @Test
    void the_last_cancel_before_a_retry_completes_the_task() {
        var caller = join(PATIENT);
        spend(20, Lane.INTERACTIVE);
        failAgain(Duration.ofMillis(200));
        time.pass(Duration.ofMillis(300));
        caller.cancel();
        assertThat(ended).containsExactly("attempt 1");
        time.pass(SPACING.multipliedBy(2));
        assertThat(sent).hasSize(1);
    }

    @Test
    void a_task_without_waiters_is_not_retried() {
        join(PATIENT).cancel();
        failAgain(Duration.ZERO);
        time.pass(SPACING);
        assertThat(sent).hasSize(1);
        assertThat(ended).hasSize(1);
    }

    @Test
    void suspend_rejects_queued_paused_and_new_waiters() {
        var resting = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        spend(20, Lane.INTERACTIVE);
        var waiting = TestTasks.attempts(pacer, this::send).join(PATIENT).subscribe().withSubscriber(
                UniAssertSubscriber.<TaskResult<String>> create());
        pacer.suspend(Duration.ofSeconds(5));
        assertThat(outcome(resting)).isEqualTo("attempt 1");
        assertThat(denial(waiting).reason()).isEqualTo(Reason.SUSPENDED);
        time.pass(Duration.ofSeconds(2));
        var newcomer = TestTasks.attempts(pacer, this::send).join(PATIENT).subscribe().withSubscriber(
                UniAssertSubscriber.<TaskResult<String>> create());
        assertThat(denial(newcomer).retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pacer.availability().nextWait()).isEqualTo(Duration.ofSeconds(3));
        pacer.resume();
        TestTasks.attempts(pacer, this::send).join(PATIENT).subscribe().with(done -> {
        });
        assertThat(sent).hasSize(2);
    }

    @Test
    void a_running_task_is_not_retried_while_suspended() {
        var caller = join(PATIENT);
        pacer.suspend(Duration.ofSeconds(5));
        failAgain(Duration.ofMillis(200));
        assertThat(outcome(caller)).isEqualTo("attempt 1");
    }

    @Test
    void a_retry_moves_to_the_better_place_of_a_new_waiter() {
        var batch = join(options(Lane.BATCH, Duration.ofHours(1)));
        spend(19, Lane.INTERACTIVE);
        for (var i = 0; i < 100; i++) {
            spend(1, new QueueOptions(Lane.BATCH, "other " + i, Duration.ofHours(1)));
        }
        failAgain(Duration.ZERO);
        var interactive = join(options(Lane.INTERACTIVE, SPACING));
        time.pass(SPACING);
        assertThat(sent).hasSize(2);
        sent.get(1).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(batch)).isEqualTo("answer");
        assertThat(outcome(interactive)).isEqualTo("answer");
    }
}
