package io.cardverification.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.NullUnmarked;

import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** A pacer in virtual time, and callers that record their departures. */
@NullUnmarked // subscribers return null before they end
abstract class PacerFixture {

    static final int LIMIT = 20;
    static final Duration WINDOW = Duration.ofSeconds(1);
    static final Duration MARGIN = Duration.ofMillis(20);
    static final Duration SPACING = WINDOW.plus(MARGIN);
    static final Duration PATIENT = Duration.ofHours(1);

    final VirtualTime time = new VirtualTime(Long.MAX_VALUE - 5_000_000_000L); // wraps in mid-test, as it may
    final Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, new RecordingPacerListener());
    final List<Long> departures = new ArrayList<>();
    final List<Integer> order = new ArrayList<>();

    /** A denial, as a failure. */
    static final class DeniedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        final transient PermitDenied denial;

        DeniedException(PermitDenied denial) {
            this.denial = denial;
        }
    }

    UniAssertSubscriber<Integer> ask(int who, Duration maxWait) {
        return inTurn(permit -> Uni.createFrom().item(() -> {
            depart(permit);
            order.add(who);
            return who;
        }), maxWait).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    <T> Uni<T> inTurn(Function<Permit, Uni<T>> work, Duration maxWait) {
        return Uni.createFrom()
                .deferred(() -> pacer.<Uni<T>> task(
                        permit -> work.apply(permit).map(item -> new Attempt.Done<>(Uni.createFrom().item(item))),
                        Uni.createFrom()::failure, outcome -> {
                        }).join(new QueueOptions(Lane.INTERACTIVE, "caller", maxWait)))
                .onItem().transformToUni(result -> result instanceof TaskResult.Denied<Uni<T>> denied
                        ? Uni.createFrom().failure(new DeniedException(denied.denial()))
                        : TestTasks.outcome(result));
    }

    void depart(Permit permit) {
        permit.markSent();
        departures.add(time.getAsLong());
    }

    List<UniAssertSubscriber<Integer>> askAll(int count) {
        var callers = new ArrayList<UniAssertSubscriber<Integer>>();
        for (var i = 0; i < count; i++) {
            callers.add(ask(i, PATIENT));
        }
        return callers;
    }

    long largestCountIn(Duration window) {
        return WindowCounter.largestCountIn(window, departures);
    }
}
