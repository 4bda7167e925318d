package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** A pacer on permits that are granted, taken and bound to a lease. */
@NullUnmarked // subscribers return null before they end
class LeasedPermitsTest extends PacerFixture {

    private static final Duration LEASE = Duration.ofSeconds(3);

    private final List<String> starvations = new ArrayList<>();
    private long wallOffsetMillis;
    private final LeasedPermits permits = pacer.lease(this::wallMillis, () -> starvations.add("starved"));

    private long wallMillis() {
        return time.getAsLong() / 1_000_000 + wallOffsetMillis;
    }

    private void extend() {
        permits.extend(new Lease(time.getAsLong(), wallMillis(), LEASE.toNanos()));
    }

    private void grant(int count) {
        for (var i = 0; i < count; i++) {
            permits.grant(0);
        }
    }

    /** A caller whose request departs when the test says so. */
    private UniAssertSubscriber<Integer> askSlowly(List<Permit> held) {
        return inTurn(permit -> {
            held.add(permit);
            return Uni.createFrom().<Integer> emitter(caller -> {
            });
        }, PATIENT).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void without_a_permit_a_task_waits_and_the_owner_knows() {
        extend();
        var waiting = ask(1, PATIENT);
        time.pass(Duration.ofSeconds(2));
        waiting.assertNotTerminated();
        assertThat(starvations).isNotEmpty();
        permits.grant(0);
        waiting.assertItem(1);
    }

    @Test
    void a_lost_lease_rejects_all_until_it_is_regained() {
        extend();
        var waiting = ask(1, PATIENT);
        permits.lose(LEASE);
        for (var rejected : List.of(waiting, ask(2, PATIENT))) {
            var denial = ((DeniedException) rejected.getFailure()).denial;
            assertThat(denial.reason()).isEqualTo(PermitDenied.Reason.LEASE_LOST);
            assertThat(denial.retryAfter()).isEqualTo(LEASE);
        }
        extend();
        permits.grant(0);
        ask(3, PATIENT).assertItem(3);
    }

    @Test
    void without_a_lease_a_task_waits_for_it() {
        grant(1);
        var waiting = ask(1, PATIENT);
        waiting.assertNotTerminated();
        extend();
        waiting.assertItem(1);
        time.pass(LEASE);
        ask(2, PATIENT).assertNotTerminated();
    }

    @Test
    void a_granted_permit_rests_first() {
        extend();
        permits.grant(Duration.ofMillis(300).toNanos());
        var waiting = ask(1, PATIENT);
        time.pass(Duration.ofMillis(300).minusNanos(1));
        waiting.assertNotTerminated();
        time.pass(Duration.ofNanos(1));
        waiting.assertItem(1);
    }

    @Test
    void a_departure_without_a_lease_is_denied_and_the_task_waits() {
        extend();
        grant(1);
        var attempts = new ArrayList<Permit>();
        var caller = inTurn(permit -> {
            attempts.add(permit);
            var slow = attempts.size() == 1;
            return Uni.createFrom().<Integer> emitter(end -> time.schedule(slow ? LEASE.toNanos() : 1, () -> {
                if (permit.markSent()) {
                    departures.add(time.getAsLong());
                }
                end.complete(7);
            }));
        }, PATIENT).subscribe().withSubscriber(UniAssertSubscriber.create());
        time.pass(LEASE);
        assertThat(attempts.get(0).endedUnsent()).isTrue();
        caller.assertNotTerminated();
        assertThat(departures).isEmpty();
        extend();
        time.pass(Duration.ofMillis(1));
        caller.assertItem(7);
        assertThat(departures).hasSize(1);
    }

    @Test
    void a_wall_clock_that_disagrees_ends_the_lease() {
        extend();
        grant(2);
        ask(1, PATIENT).assertItem(1);
        wallOffsetMillis = 1_000;
        var held = new ArrayList<Permit>();
        askSlowly(held);
        assertThat(held.get(0).markSent()).isFalse();
    }

    @Test
    void a_held_permit_is_denied_if_its_number_was_withdrawn() {
        extend();
        grant(2);
        var held = new ArrayList<Permit>();
        askSlowly(held);
        askSlowly(held);
        permits.withdraw(1);
        assertThat(held.get(0).markSent()).isTrue();
        assertThat(held.get(1).markSent()).isFalse();
    }

    @Test
    void only_rested_permits_are_given_up() {
        extend();
        grant(3);
        ask(1, PATIENT).assertItem(1);
        askSlowly(new ArrayList<>());
        assertThat(permits.giveUp(3)).isEqualTo(1);
        extend();
        time.pass(SPACING);
        assertThat(permits.giveUp(3)).isEqualTo(1);
    }

    @Test
    void a_stop_gives_up_resting_permits_with_their_rest() {
        extend();
        grant(3);
        ask(1, PATIENT).assertItem(1);
        askSlowly(new ArrayList<>());
        time.pass(Duration.ofMillis(20));
        assertThat(permits.giveUpAll()).containsExactly(0L, WINDOW.toNanos());
    }

    @Test
    void a_departure_is_remembered_when_its_permit_is_taken_and_returned() {
        extend();
        grant(1);
        ask(1, PATIENT).assertItem(1);
        permits.withdraw(1);
        assertThat(permits.giveUpAll()).isEmpty();
        permits.grant(0);
        assertThat(permits.giveUpAll()).containsExactly(SPACING.toNanos());
    }

    @Test
    void a_permit_above_the_usable_number_rests_unused() {
        extend();
        grant(2);
        permits.expect(1, 1, 0);
        ask(1, PATIENT).assertItem(1);
        ask(2, PATIENT).assertNotTerminated();
        assertThat(permits.giveUp(1)).isEqualTo(1);
    }

    @Test
    void a_predicted_wait_assumes_the_expected_permits() {
        extend();
        permits.expect(10, Integer.MAX_VALUE, 0);
        ask(1, Duration.ofMillis(249)).assertFailedWith(DeniedException.class);
        for (var i = 0; i < 10; i++) {
            ask(i, Duration.ofMillis(250)).assertNotTerminated();
        }
        ask(11, SPACING.minusNanos(1)).assertFailedWith(DeniedException.class);
        ask(12, SPACING).assertNotTerminated();
    }

    @Test
    void a_lost_lease_is_expected_to_stay_away_as_long_again() {
        extend();
        grant(20);
        time.pass(LEASE.plusSeconds(5));
        assertThat(pacer.availability().free()).isZero();
        assertThat(pacer.availability().nextWait()).isEqualTo(Duration.ofMillis(5_250));
        extend();
        assertThat(pacer.availability()).isEqualTo(new Availability(20, Duration.ZERO));
    }
}
