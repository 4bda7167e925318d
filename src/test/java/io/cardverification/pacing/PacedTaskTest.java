package io.cardverification.pacing;

import static io.cardverification.pacing.TestTasks.denial;
import static io.cardverification.pacing.TestTasks.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.pacing.PermitDenied.Reason;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Several waiters that share one permit, one attempt and one outcome. */
@NullUnmarked // rides have either
class PacedTaskTest {

    private static final Duration SPACING = Duration.ofMillis(1020);
    private static final QueueOptions PATIENT = place(QueueLane.INTERACTIVE, Duration.ofHours(1));

    private final VirtualTime time = new VirtualTime(0);
    private final Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, new RecordingPacerListener());
    private final List<UniEmitter<? super Attempt<String>>> sent = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final List<String> ended = new ArrayList<>();
    private final PacedTask<String> task = TestTasks.attempts(pacer, this::send, ended::add);

    private static QueueOptions place(QueueLane lane, Duration maxWait) {
        return new QueueOptions(lane, "caller", maxWait);
    }

    private Uni<Attempt<String>> send(Permit permit) {
        permit.markSent();
        return Uni.createFrom().<Attempt<String>> emitter(sent::add).onCancellation().invoke(cancelled::incrementAndGet);
    }

    private UniAssertSubscriber<TaskResult<String>> join(QueueOptions place) {
        return task.join(place).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private void spend(int permits, QueueLane lane) {
        spend(permits, place(lane, Duration.ofHours(1)));
    }

    private void spend(int permits, QueueOptions place) {
        for (var i = 0; i < permits; i++) {
            TestTasks.task(pacer, permit -> Uni.createFrom().item("other").invoke(permit::markSent)).join(place).subscribe()
                    .with(done -> {
                    });
        }
    }

    @Test
    void all_who_join_share_one_permit_and_one_outcome() {
        spend(20, QueueLane.INTERACTIVE);
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
    void they_are_one_in_the_queue() {
        spend(20, QueueLane.INTERACTIVE);
        for (var i = 0; i < 1000; i++) {
            join(PATIENT);
        }
        assertThat(pacer.snapshot().waiting()).containsEntry(QueueLane.INTERACTIVE, 1);
        assertThat(pacer.availability().nextWait()).isEqualTo(SPACING);
    }

    @Test
    void who_cancels_leaves_the_others_alone() {
        spend(20, QueueLane.INTERACTIVE);
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
    void the_last_one_who_leaves_the_queue_takes_the_work_with_it() {
        spend(20, QueueLane.INTERACTIVE);
        var first = join(PATIENT);
        join(PATIENT).cancel();
        first.cancel();
        time.pass(SPACING.multipliedBy(2));
        assertThat(sent).isEmpty();
        assertThat(pacer.availability().free()).isEqualTo(20);
    }

    @Test
    void what_has_departed_goes_on_when_the_last_one_leaves_and_is_told_at_its_end() {
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
    void who_joins_what_goes_on_by_itself_rides_along() {
        join(PATIENT).cancel();
        var late = join(PATIENT);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(late)).isEqualTo("answer");
        assertThat(sent).hasSize(1);
        assertThat(ended).hasSize(1);
    }

    @Test
    void what_has_not_departed_is_cancelled_with_the_last_one_and_can_be_joined_anew() {
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

    private void failAgain(Duration rest) {
        sent.get(sent.size() - 1).complete(new Attempt.RetryAfter<>("attempt " + sent.size(), rest));
    }

    @Test
    void what_is_worth_another_turn_rests_first_and_takes_a_new_permit() {
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
    void who_has_no_patience_for_the_rest_is_told_at_once_and_the_others_wait_on() {
        var hasty = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(199)));
        var patient = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        assertThat(outcome(hasty)).isEqualTo("attempt 1");
        assertThat(ended).isEmpty();
        time.pass(Duration.ofMillis(200));
        sent.get(1).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(patient)).isEqualTo("answer");
    }

    @Test
    void who_comes_while_it_rests_without_patience_for_that_is_refused_and_the_others_wait_on() {
        var patient = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        time.pass(Duration.ofMillis(50));
        assertThat(denial(join(place(QueueLane.INTERACTIVE, Duration.ofMillis(100)))).retryAfter())
                .isEqualTo(Duration.ofMillis(50));
        var second = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(150)));
        time.pass(Duration.ofMillis(150));
        sent.get(1).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(patient)).isEqualTo("answer");
        assertThat(outcome(second)).isEqualTo("answer");
    }

    @Test
    void when_nobody_has_patience_it_ends_as_it_ended_last() {
        var hasty = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(199)));
        failAgain(Duration.ofMillis(200));
        assertThat(outcome(hasty)).isEqualTo("attempt 1");
        assertThat(ended).containsExactly("attempt 1");
        time.pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(1);
    }

    @Test
    void who_leaves_while_it_rests_ends_it_as_it_ended_last() {
        var caller = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        caller.cancel();
        assertThat(ended).containsExactly("attempt 1");
        time.pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(1);
        assertThat(task.isCommitted()).isTrue();
    }

    @Test
    void who_leaves_while_it_waits_for_its_second_permit_ends_it_as_it_ended_last() {
        var caller = join(PATIENT);
        spend(20, QueueLane.INTERACTIVE);
        failAgain(Duration.ofMillis(200));
        time.pass(Duration.ofMillis(300));
        caller.cancel();
        assertThat(ended).containsExactly("attempt 1");
        time.pass(SPACING.multipliedBy(2));
        assertThat(sent).hasSize(1);
    }

    @Test
    void what_nobody_waits_for_any_more_is_not_tried_again() {
        join(PATIENT).cancel();
        failAgain(Duration.ZERO);
        time.pass(SPACING);
        assertThat(sent).hasSize(1);
        assertThat(ended).hasSize(1);
    }

    @Test
    void while_it_is_barred_nobody_waits_and_who_comes_is_told_when_to_come_back() {
        var resting = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        spend(20, QueueLane.INTERACTIVE);
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
    void a_bar_that_nobody_lifts_goes_up_by_itself_half_a_minute_later() {
        pacer.suspend(Duration.ofSeconds(5));
        time.pass(Duration.ofSeconds(35).minusNanos(1));
        assertThat(denial(join(PATIENT)).reason()).isEqualTo(Reason.SUSPENDED);
        time.pass(Duration.ofNanos(1));
        join(PATIENT);
        assertThat(sent).hasSize(1);
    }

    @Test
    void what_was_under_way_when_it_was_barred_is_not_tried_again() {
        var caller = join(PATIENT);
        pacer.suspend(Duration.ofSeconds(5));
        failAgain(Duration.ofMillis(200));
        assertThat(outcome(caller)).isEqualTo("attempt 1");
    }

    @Test
    void it_waits_at_the_best_place_that_any_of_them_has() {
        spend(20, QueueLane.INTERACTIVE);
        spend(100, QueueLane.BATCH);
        join(PATIENT).cancel();
        var batch = join(place(QueueLane.BATCH, Duration.ofHours(1)));
        var interactive = join(place(QueueLane.INTERACTIVE, Duration.ofSeconds(2)));
        time.pass(SPACING);
        assertThat(sent).hasSize(1);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(batch)).isEqualTo("answer");
        assertThat(outcome(interactive)).isEqualTo("answer");
    }

    @Test
    void a_retry_moves_to_the_better_place_of_one_who_joins() {
        var batch = join(place(QueueLane.BATCH, Duration.ofHours(1)));
        spend(19, QueueLane.INTERACTIVE);
        for (var i = 0; i < 100; i++) {
            spend(1, new QueueOptions(QueueLane.BATCH, "other " + i, Duration.ofHours(1)));
        }
        failAgain(Duration.ZERO);
        var interactive = join(place(QueueLane.INTERACTIVE, SPACING));
        time.pass(SPACING);
        assertThat(sent).hasSize(2);
        sent.get(1).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(batch)).isEqualTo("answer");
        assertThat(outcome(interactive)).isEqualTo("answer");
    }

    @Test
    void who_would_wait_too_long_alone_may_ride_with_one_who_came_before() {
        spend(20, QueueLane.INTERACTIVE);
        join(PATIENT);
        spend(100, QueueLane.INTERACTIVE);
        var rider = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(1500))).assertNotTerminated();
        time.pass(SPACING);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(rider)).isEqualTo("answer");
    }

    @Test
    void who_would_wait_too_long_even_with_the_others_is_refused_alone() {
        spend(20, QueueLane.INTERACTIVE);
        var patient = join(place(QueueLane.BATCH, Duration.ofHours(1)));
        assertThat(denial(join(place(QueueLane.BATCH, SPACING.minusNanos(1)))).reason()).isEqualTo(Reason.QUEUE_FULL);
        time.pass(SPACING);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(patient)).isEqualTo("answer");
    }

    @Test
    void a_deadline_that_passes_ends_one_ride_and_not_the_others() {
        var held = new ArrayList<Permit>();
        for (var i = 0; i < 20; i++) {
            TestTasks.<String> task(pacer, permit -> {
                held.add(permit);
                return Uni.createFrom().<String> nothing();
            }).join(PATIENT).subscribe().with(done -> {
            });
        }
        var hasty = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(1100)));
        var patient = join(PATIENT);
        time.pass(Duration.ofMillis(1100));
        assertThat(hasty.getItem()).isInstanceOf(TaskResult.Denied.class);
        held.forEach(Permit::markSent);
        time.pass(SPACING);
        sent.get(0).complete(new Attempt.Done<>("answer"));
        assertThat(outcome(patient)).isEqualTo("answer");
    }
}
