package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** A permit from its dispatch to its end. */
@NullUnmarked // subscribers return null before they end
class PermitTest extends PacerFixture {

    /** A caller whose request departs when the test says so, as over a connection that is not open yet. */
    private UniAssertSubscriber<Integer> askSlowly(List<Permit> permits) {
        return inTurn(permit -> {
            permits.add(permit);
            return Uni.createFrom().<Integer> nothing();
        }, PATIENT).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void a_permit_is_held_until_its_request_is_sent() {
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
    void a_prediction_assumes_that_held_permits_depart_now() {
        var permits = new ArrayList<Permit>();
        for (var i = 0; i < LIMIT; i++) {
            askSlowly(permits);
        }
        ask(1, SPACING.minusNanos(1)).assertFailedWith(DeniedException.class);
        ask(2, SPACING).assertNotTerminated();
    }

    @Test
    void a_longer_wait_than_predicted_ends_at_the_deadline() {
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
    void an_unreported_end_counts_as_a_departure() {
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
    void a_cancel_before_the_send_passes_the_permit_on() {
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
    void a_permit_is_either_sent_or_revoked() {
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
    void a_released_permit_is_free_at_once() {
        var log = new SlidingWindowLog(WINDOW, new AdaptiveLimit(1, WINDOW, MARGIN, MARGIN));
        log.acquire();
        assertThat(log.waitNanos(0, 0)).isPositive();
        assertThat(log.free(0)).isZero();
        log.release();
        assertThat(log.waitNanos(0, 0)).isZero();
        assertThat(log.free(0)).isOne();
    }
}
