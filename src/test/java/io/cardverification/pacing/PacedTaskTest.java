package io.cardverification.pacing;

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

/** Several who wait for one permit, one piece of work and one outcome. */
@NullUnmarked // rides have either
class PacedTaskTest {

    private static final Duration SPACING = Duration.ofMillis(1020);
    private static final QueueOptions PATIENT = place(QueueLane.INTERACTIVE, Duration.ofHours(1));

    private final VirtualTime time = new VirtualTime(0);
    private final Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, new RecordingPacerListener());
    private final List<UniEmitter<? super String>> sent = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final List<TaskResult<String>> ended = new ArrayList<>();
    private final PacedTask<String> turn = pacer.turn(this::send, ended::add);

    private static QueueOptions place(QueueLane lane, Duration maxWait) {
        return new QueueOptions(lane, "caller", maxWait);
    }

    private Uni<String> send(Permit permit) {
        permit.departed();
        return Uni.createFrom().<String> emitter(sent::add).onCancellation().invoke(cancelled::incrementAndGet);
    }

    private UniAssertSubscriber<TaskResult<String>> join(QueueOptions place) {
        return turn.join(place).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private void spend(int permits, QueueLane lane) {
        spend(permits, place(lane, Duration.ofHours(1)));
    }

    private void spend(int permits, QueueOptions place) {
        for (var i = 0; i < permits; i++) {
            pacer.turn(permit -> Uni.createFrom().item("other").invoke(permit::departed)).join(place).subscribe().with(done -> {
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
        sent.get(0).complete("answer");
        assertThat(first.getItem()).isEqualTo(new TaskResult<>("answer", null, SPACING));
        assertThat(second.getItem()).isEqualTo(new TaskResult<>("answer", null, SPACING.dividedBy(2)));
        assertThat(third.getItem()).isEqualTo(new TaskResult<>("answer", null, Duration.ZERO));
        assertThat(join(PATIENT).getItem().item()).isEqualTo("answer");
    }

    @Test
    void they_are_one_in_the_queue() {
        spend(20, QueueLane.INTERACTIVE);
        for (var i = 0; i < 1000; i++) {
            join(PATIENT);
        }
        assertThat(pacer.snapshot().waiting()).containsEntry(QueueLane.INTERACTIVE, 1);
        assertThat(pacer.opening().nextWait()).isEqualTo(SPACING);
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
        sent.get(0).complete("answer");
        assertThat(second.getItem().item()).isEqualTo("answer");
    }

    @Test
    void the_last_one_who_leaves_the_queue_takes_the_work_with_it() {
        spend(20, QueueLane.INTERACTIVE);
        var first = join(PATIENT);
        join(PATIENT).cancel();
        first.cancel();
        time.pass(SPACING.multipliedBy(2));
        assertThat(sent).isEmpty();
        assertThat(pacer.opening().free()).isEqualTo(20);
    }

    @Test
    void what_has_departed_goes_on_when_the_last_one_leaves_and_is_told_at_its_end() {
        var first = join(PATIENT);
        var second = join(PATIENT);
        first.cancel();
        second.cancel();
        assertThat(cancelled).hasValue(0);
        assertThat(turn.isBeyondRecall()).isTrue();
        assertThat(ended).isEmpty();
        sent.get(0).complete("answer");
        assertThat(ended).containsExactly(new TaskResult<>("answer", null, Duration.ZERO));
    }

    @Test
    void who_joins_what_goes_on_by_itself_rides_along() {
        join(PATIENT).cancel();
        var late = join(PATIENT);
        sent.get(0).complete("answer");
        assertThat(late.getItem().item()).isEqualTo("answer");
        assertThat(sent).hasSize(1);
        assertThat(ended).hasSize(1);
    }

    @Test
    void what_has_not_departed_is_cancelled_with_the_last_one_and_can_be_joined_anew() {
        var permits = new ArrayList<Permit>();
        var slow = pacer.turn(permit -> {
            permits.add(permit);
            return Uni.createFrom().<String> nothing().onCancellation().invoke(cancelled::incrementAndGet);
        }, ended::add);
        slow.join(PATIENT).subscribe().withSubscriber(UniAssertSubscriber.create()).cancel();
        assertThat(cancelled).hasValue(1);
        assertThat(slow.isBeyondRecall()).isFalse();
        assertThat(permits.get(0).departed()).isFalse();
        slow.join(PATIENT).subscribe().withSubscriber(UniAssertSubscriber.create());
        assertThat(permits).hasSize(2);
        assertThat(permits.get(1).departed()).isTrue();
        assertThat(ended).isEmpty();
    }

    private void failAgain(Duration rest) {
        sent.get(sent.size() - 1).fail(new Again(new IllegalStateException("attempt " + sent.size()), rest));
    }

    @Test
    void what_is_worth_another_turn_rests_first_and_takes_a_new_permit() {
        var caller = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        time.pass(Duration.ofMillis(199));
        assertThat(sent).hasSize(1);
        time.pass(Duration.ofMillis(1));
        assertThat(sent).hasSize(2);
        sent.get(1).complete("answer");
        assertThat(caller.getItem().item()).isEqualTo("answer");
        assertThat(pacer.snapshot().departed()).isEqualTo(2);
        assertThat(ended).hasSize(1);
    }

    @Test
    void who_has_no_patience_for_the_rest_is_told_at_once_and_the_others_wait_on() {
        var hasty = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(199)));
        var patient = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        assertThat(hasty.getItem().failure()).hasMessage("attempt 1");
        assertThat(ended).isEmpty();
        time.pass(Duration.ofMillis(200));
        sent.get(1).complete("answer");
        assertThat(patient.getItem().item()).isEqualTo("answer");
    }

    @Test
    void who_comes_while_it_rests_without_patience_for_that_is_refused_and_the_others_wait_on() {
        var patient = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        time.pass(Duration.ofMillis(50));
        assertThat(((PermitDenied) join(place(QueueLane.INTERACTIVE, Duration.ofMillis(100))).getItem().failure()).retryAfter())
                .isEqualTo(Duration.ofMillis(50));
        var second = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(150)));
        time.pass(Duration.ofMillis(150));
        sent.get(1).complete("answer");
        assertThat(patient.getItem().item()).isEqualTo("answer");
        assertThat(second.getItem().item()).isEqualTo("answer");
    }

    @Test
    void when_nobody_has_patience_it_ends_as_it_ended_last() {
        var hasty = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(199)));
        failAgain(Duration.ofMillis(200));
        assertThat(hasty.getItem().failure()).hasMessage("attempt 1");
        assertThat(ended).extracting(ride -> ride.failure().getMessage()).containsExactly("attempt 1");
        time.pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(1);
    }

    @Test
    void who_leaves_while_it_rests_ends_it_as_it_ended_last() {
        var caller = join(PATIENT);
        failAgain(Duration.ofMillis(200));
        caller.cancel();
        assertThat(ended).extracting(ride -> ride.failure().getMessage()).containsExactly("attempt 1");
        time.pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(1);
        assertThat(turn.isBeyondRecall()).isTrue();
    }

    @Test
    void who_leaves_while_it_waits_for_its_second_permit_ends_it_as_it_ended_last() {
        var caller = join(PATIENT);
        spend(20, QueueLane.INTERACTIVE);
        failAgain(Duration.ofMillis(200));
        time.pass(Duration.ofMillis(300));
        caller.cancel();
        assertThat(ended).extracting(ride -> ride.failure().getMessage()).containsExactly("attempt 1");
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
        var waiting = pacer.turn(this::send).join(PATIENT).subscribe().withSubscriber(
                UniAssertSubscriber.<TaskResult<String>> create());
        pacer.bar(Duration.ofSeconds(5));
        assertThat(resting.getItem().failure()).hasMessage("attempt 1");
        assertThat(((PermitDenied) waiting.getItem().failure()).reason()).isEqualTo(Reason.BARRED);
        time.pass(Duration.ofSeconds(2));
        var newcomer = pacer.turn(this::send).join(PATIENT).subscribe().withSubscriber(
                UniAssertSubscriber.<TaskResult<String>> create());
        assertThat(((PermitDenied) newcomer.getItem().failure()).retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pacer.opening().nextWait()).isEqualTo(Duration.ofSeconds(3));
        pacer.lift();
        pacer.turn(this::send).join(PATIENT).subscribe().with(done -> {
        });
        assertThat(sent).hasSize(2);
    }

    @Test
    void a_bar_that_nobody_lifts_goes_up_by_itself_half_a_minute_later() {
        pacer.bar(Duration.ofSeconds(5));
        time.pass(Duration.ofSeconds(35).minusNanos(1));
        assertThat(((PermitDenied) join(PATIENT).getItem().failure()).reason()).isEqualTo(Reason.BARRED);
        time.pass(Duration.ofNanos(1));
        join(PATIENT);
        assertThat(sent).hasSize(1);
    }

    @Test
    void what_was_under_way_when_it_was_barred_is_not_tried_again() {
        var caller = join(PATIENT);
        pacer.bar(Duration.ofSeconds(5));
        failAgain(Duration.ofMillis(200));
        assertThat(caller.getItem().failure()).hasMessage("attempt 1");
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
        sent.get(0).complete("answer");
        assertThat(batch.getItem().item()).isEqualTo("answer");
        assertThat(interactive.getItem().item()).isEqualTo("answer");
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
        sent.get(1).complete("answer");
        assertThat(batch.getItem().item()).isEqualTo("answer");
        assertThat(interactive.getItem().item()).isEqualTo("answer");
    }

    @Test
    void who_would_wait_too_long_alone_may_ride_with_one_who_came_before() {
        spend(20, QueueLane.INTERACTIVE);
        join(PATIENT);
        spend(100, QueueLane.INTERACTIVE);
        var rider = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(1500))).assertNotTerminated();
        time.pass(SPACING);
        sent.get(0).complete("answer");
        assertThat(rider.getItem().item()).isEqualTo("answer");
    }

    @Test
    void who_would_wait_too_long_even_with_the_others_is_refused_alone() {
        spend(20, QueueLane.INTERACTIVE);
        var patient = join(place(QueueLane.BATCH, Duration.ofHours(1)));
        assertThat(join(place(QueueLane.BATCH, SPACING.minusNanos(1))).getItem().failure())
                .isInstanceOfSatisfying(PermitDenied.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.QUEUE_FULL));
        time.pass(SPACING);
        sent.get(0).complete("answer");
        assertThat(patient.getItem().item()).isEqualTo("answer");
    }

    @Test
    void a_deadline_that_passes_ends_one_ride_and_not_the_others() {
        var held = new ArrayList<Permit>();
        for (var i = 0; i < 20; i++) {
            pacer.turn(permit -> {
                held.add(permit);
                return Uni.createFrom().<String> nothing();
            }).join(PATIENT).subscribe().with(done -> {
            });
        }
        var hasty = join(place(QueueLane.INTERACTIVE, Duration.ofMillis(1100)));
        var patient = join(PATIENT);
        time.pass(Duration.ofMillis(1100));
        assertThat(hasty.getItem().failure()).isInstanceOf(PermitDenied.class);
        held.forEach(Permit::departed);
        time.pass(SPACING);
        sent.get(0).complete("answer");
        assertThat(patient.getItem().item()).isEqualTo("answer");
    }
}
