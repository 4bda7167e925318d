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

/** Requests that the upstream's limit rejects, and the requests behind them. */
@NullUnmarked // subscribers return null before they end
class RateLimitRejectionTest {

    private static final Duration SPACING = Duration.ofMillis(1020);
    private static final Duration PATIENT = Duration.ofMinutes(10);

    private final VirtualTime time = new VirtualTime(0);
    private final RecordingPacerListener listener = new RecordingPacerListener();
    private final Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, listener);
    private final SimulatedUpstream upstream = new SimulatedUpstream(time);
    private final List<String> order = new ArrayList<>();

    private UniAssertSubscriber<TaskResult<String>> ask(String who, Lane lane, Duration maxWait) {
        return TestTasks.attempts(pacer, permit -> {
            order.add(who);
            return upstream.ask(permit);
        }).join(new QueueOptions(lane, "caller", maxWait)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private UniAssertSubscriber<TaskResult<String>> ask(String who) {
        return ask(who, Lane.INTERACTIVE, PATIENT);
    }

    private List<UniAssertSubscriber<TaskResult<String>>> ask(int count) {
        var callers = new ArrayList<UniAssertSubscriber<TaskResult<String>>>();
        for (var i = 0; i < count; i++) {
            callers.add(ask("many"));
        }
        return callers;
    }

    private static Reason reason(UniAssertSubscriber<TaskResult<String>> caller) {
        return denial(caller).reason();
    }

    @Test
    void a_rejected_request_is_sent_again_first_in_its_lane() {
        upstream.limit = 19;
        var callers = ask(19);
        var refused = ask("refused");
        callers.addAll(ask(30));
        order.clear();
        time.pass(Duration.ofMillis(1500));
        assertThat(order.get(0)).isEqualTo("refused");
        assertThat(outcome(refused)).isEqualTo("answer");
        time.pass(Duration.ofSeconds(10));
        assertThat(callers).allSatisfy(caller -> assertThat(outcome(caller)).isEqualTo("answer"));
    }

    @Test
    void a_rejection_is_reported_once_and_increases_the_margin() {
        upstream.limit = 19;
        ask(100);
        time.pass(Duration.ofMillis(1500));
        assertThat(listener.events).containsExactly("degraded");
        assertThat(pacer.snapshot().margin()).isGreaterThan(Duration.ofMillis(20));
        assertThat(pacer.snapshot().rejected()).isEqualTo(2);
    }

    @Test
    void the_pause_doubles_with_each_rejection_of_a_request() {
        upstream.limit = 0;
        var start = time.getAsLong();
        var caller = ask("lone");
        time.pass(Duration.ofSeconds(2));
        // Pauses of 50, 100, 200 and 400 ms, each from the response, which takes 5 ms.
        assertThat(upstream.arrivals).extracting(at -> Math.round((at - start) / 1e6))
                .containsExactly(0L, 55L, 160L, 365L, 770L);
        assertThat(outcome(caller)).isEqualTo("RequestLimitExceeded");
    }

    @Test
    void new_waiters_wait_during_the_pause() {
        upstream.limit = 0;
        ask("first");
        time.pass(Duration.ofMillis(6));
        upstream.limit = 20;
        var second = ask("second").assertNotTerminated();
        time.pass(Duration.ofMillis(60));
        assertThat(outcome(second)).isEqualTo("answer");
        assertThat(order).containsExactly("first", "first", "second");
    }

    @Test
    void a_deadline_after_a_rejection_returns_the_rejection() {
        upstream.limit = 0;
        var caller = ask("lone", Lane.INTERACTIVE, Duration.ofMillis(100));
        time.pass(Duration.ofMillis(101));
        assertThat(outcome(caller)).isEqualTo("RequestLimitExceeded");
        assertThat(caller.getItem().waited()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_long_overload_rejects_all_waiters() {
        upstream.limit = 0;
        var callers = ask(300);
        time.pass(Duration.ofSeconds(7));
        assertThat(listener.events).element(1).asString().startsWith("overload");
        assertThat(callers).filteredOn(caller -> caller.getItem() == null).isEmpty();
        assertThat(callers).allSatisfy(caller -> assertThat(caller)
                .satisfiesAnyOf(each -> assertThat(outcome(each)).isEqualTo("RequestLimitExceeded"), each -> {
                    assertThat(reason(each)).isEqualTo(Reason.UPSTREAM_OVERLOADED);
                    assertThat(denial(each).errorCode()).isEqualTo("RequestLimitExceeded");
                }));
    }

    @Test
    void an_overload_denies_new_waiters_with_a_retry_after() {
        upstream.limit = 0;
        ask(100);
        for (var i = 0; i < 10_000 && listener.events.size() < 2; i++) {
            time.pass(Duration.ofMillis(1));
        }
        var sent = order.size();
        var newcomer = ask("newcomer");
        assertThat(reason(newcomer)).isEqualTo(Reason.UPSTREAM_OVERLOADED);
        var retryAfter = denial(newcomer).retryAfter();
        assertThat(retryAfter).isBetween(Duration.ofMillis(990), Duration.ofSeconds(1));
        assertThat(order).hasSize(sent);

        time.pass(retryAfter);
        var second = ask("second");
        time.pass(Duration.ofMillis(100));
        assertThat(outcome(second)).isEqualTo("RequestLimitExceeded");
        assertThat(denial(ask("third")).retryAfter()).isGreaterThan(Duration.ofSeconds(1));

        upstream.limit = 20;
        time.pass(Duration.ofSeconds(3));
        var last = ask("last");
        time.pass(SPACING);
        assertThat(outcome(last)).isEqualTo("answer");
        assertThat(ask(10)).hasSize(10);
        time.pass(SPACING);
        assertThat(pacer.availability().free()).isPositive();
    }

    @Test
    void stop_rejects_all_waiters_and_completes_sent_requests() {
        var callers = ask(50);
        pacer.stop(Duration.ofSeconds(5));
        assertThat(callers.subList(20, 50)).allSatisfy(caller -> {
            assertThat(reason(caller)).isEqualTo(Reason.STOPPING);
            assertThat(denial(caller).retryAfter()).isEqualTo(Duration.ofSeconds(5));
        });
        assertThat(reason(ask("newcomer"))).isEqualTo(Reason.STOPPING);
        time.pass(SPACING.multipliedBy(2));
        assertThat(callers.subList(0, 20)).allSatisfy(caller -> assertThat(outcome(caller)).isEqualTo("answer"));
        assertThat(order).hasSize(20);
    }

    @Test
    void a_retry_does_not_degrade_the_limit() {
        var tries = new ArrayList<Permit>();
        var caller = TestTasks.<String> attempts(pacer, permit -> {
            tries.add(permit);
            permit.markSent();
            return tries.size() == 1
                    ? Uni.createFrom().item(new Attempt.RetryAfter<>("clock", Duration.ZERO))
                    : Uni.createFrom().item(new Attempt.Done<>("answer"));
        }).join(new QueueOptions(Lane.INTERACTIVE, "caller", PATIENT)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        time.pass(SPACING.multipliedBy(2));
        assertThat(outcome(caller.assertCompleted())).isEqualTo("answer");
        assertThat(tries).hasSize(2).doesNotHaveDuplicates();
        assertThat(pacer.snapshot().degraded()).isFalse();
        assertThat(pacer.snapshot().departed()).isEqualTo(2);
    }
}
