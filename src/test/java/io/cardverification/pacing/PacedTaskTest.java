package io.cardverification.pacing;

import static io.cardverification.pacing.TestTasks.denial;
import static io.cardverification.pacing.TestTasks.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.pacing.PermitDenied.Reason;
import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Several waiters that share one permit, one attempt and one outcome. */
@NullUnmarked // subscribers return null before they end
class PacedTaskTest extends PacedTaskFixture {

    @Test
    void all_waiters_share_one_permit_and_one_outcome() {
        spend(20, Lane.INTERACTIVE);
        var first = join(PATIENT);
        time.pass(SPACING.dividedBy(2));
        var second = join(PATIENT);
        time.pass(SPACING.dividedBy(2));
        var third = join(PATIENT);
        assertThat(sent).hasSize(1);
        assertThat(pacer.snapshot().departed()).isEqualTo(21);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(first.getItem()).isEqualTo(new TaskResult.Completed<>("answer", SPACING));
        assertThat(second.getItem()).isEqualTo(new TaskResult.Completed<>("answer", SPACING.dividedBy(2)));
        assertThat(third.getItem()).isEqualTo(new TaskResult.Completed<>("answer", Duration.ZERO));
        assertThat(outcome(join(PATIENT))).isEqualTo("answer");
    }

    @Test
    void all_waiters_of_a_task_count_once_in_the_queue() {
        spend(20, Lane.INTERACTIVE);
        for (var i = 0; i < 1000; i++) {
            join(PATIENT);
        }
        assertThat(pacer.snapshot().waiting()).containsEntry(Lane.INTERACTIVE, 1);
        assertThat(pacer.availability().nextWait()).isEqualTo(SPACING);
    }

    @Test
    void a_cancel_does_not_affect_the_other_waiters() {
        spend(20, Lane.INTERACTIVE);
        var first = join(PATIENT);
        var second = join(PATIENT);
        first.cancel();
        time.pass(SPACING);
        join(PATIENT).cancel();
        assertThat(cancelled).hasValue(0);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(second)).isEqualTo("answer");
    }

    @Test
    void the_last_cancel_in_the_queue_discards_the_task() {
        spend(20, Lane.INTERACTIVE);
        var first = join(PATIENT);
        join(PATIENT).cancel();
        first.cancel();
        time.pass(SPACING.multipliedBy(2));
        assertThat(sent).isEmpty();
        assertThat(pacer.availability().free()).isEqualTo(20);
    }

    @Test
    void a_sent_request_completes_without_waiters() {
        var first = join(PATIENT);
        var second = join(PATIENT);
        first.cancel();
        second.cancel();
        assertThat(cancelled).hasValue(0);
        assertThat(task.isCommitted()).isTrue();
        assertThat(ended).isEmpty();
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(ended).containsExactly("answer");
    }

    @Test
    void a_waiter_can_join_an_attempt_without_waiters() {
        join(PATIENT).cancel();
        var late = join(PATIENT);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(late)).isEqualTo("answer");
        assertThat(sent).hasSize(1);
        assertThat(ended).hasSize(1);
    }

    @Test
    void an_unsent_attempt_is_cancelled_and_can_be_joined_again() {
        var permits = new ArrayList<Permit>();
        var slow = TestTasks.<String> attempts(pacer, permit -> {
            permits.add(permit);
            return Uni.createFrom().<Attempt<String>> nothing().onCancellation().invoke(cancelled::incrementAndGet);
        }, ended::add);
        slow.join(PATIENT).subscribe().withSubscriber(UniAssertSubscriber.create()).cancel();
        assertThat(cancelled).hasValue(1);
        assertThat(slow.isCommitted()).isFalse();
        assertThat(permits.get(0).markSent()).isFalse();
        slow.join(PATIENT).subscribe().withSubscriber(UniAssertSubscriber.create());
        assertThat(permits).hasSize(2);
        assertThat(permits.get(1).markSent()).isTrue();
        assertThat(ended).isEmpty();
    }

    @Test
    void a_suspension_ends_by_itself_after_half_a_minute() {
        pacer.suspend(Duration.ofSeconds(5));
        time.pass(Duration.ofSeconds(35).minusNanos(1));
        assertThat(denial(join(PATIENT)).reason()).isEqualTo(Reason.SUSPENDED);
        time.pass(Duration.ofNanos(1));
        join(PATIENT);
        assertThat(sent).hasSize(1);
    }

    @Test
    void a_task_queues_at_the_best_place_of_its_waiters() {
        spend(20, Lane.INTERACTIVE);
        spend(100, Lane.BATCH);
        join(PATIENT).cancel();
        var batch = join(options(Lane.BATCH, Duration.ofHours(1)));
        var interactive = join(options(Lane.INTERACTIVE, Duration.ofSeconds(2)));
        time.pass(SPACING);
        assertThat(sent).hasSize(1);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(batch)).isEqualTo("answer");
        assertThat(outcome(interactive)).isEqualTo("answer");
    }

    @Test
    void a_waiter_may_share_an_earlier_place_in_the_queue() {
        spend(20, Lane.INTERACTIVE);
        join(PATIENT);
        spend(100, Lane.INTERACTIVE);
        var waiter = join(options(Lane.INTERACTIVE, Duration.ofMillis(1500))).assertNotTerminated();
        time.pass(SPACING);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(waiter)).isEqualTo("answer");
    }

    @Test
    void a_denied_waiter_does_not_affect_the_others() {
        spend(20, Lane.INTERACTIVE);
        var patient = join(options(Lane.BATCH, Duration.ofHours(1)));
        assertThat(denial(join(options(Lane.BATCH, SPACING.minusNanos(1)))).reason()).isEqualTo(Reason.QUEUE_FULL);
        time.pass(SPACING);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(patient)).isEqualTo("answer");
    }

    @Test
    void a_deadline_ends_one_waiter_only() {
        var held = new ArrayList<Permit>();
        for (var i = 0; i < 20; i++) {
            TestTasks.<String> task(pacer, permit -> {
                held.add(permit);
                return Uni.createFrom().<String> nothing();
            }).join(PATIENT).subscribe().with(done -> {
            });
        }
        var hasty = join(options(Lane.INTERACTIVE, Duration.ofMillis(1100)));
        var patient = join(PATIENT);
        time.pass(Duration.ofMillis(1100));
        assertThat(hasty.getItem()).isInstanceOf(TaskResult.Denied.class);
        held.forEach(Permit::markSent);
        time.pass(SPACING);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(patient)).isEqualTo("answer");
    }
}
