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
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** What becomes of requests that the upstream counts too many, and of those behind them. */
@NullUnmarked // rides have either
class RateLimitRejectionTest {

    private static final Duration SPACING = Duration.ofMillis(1020);
    private static final Duration PATIENT = Duration.ofMinutes(10);

    private final VirtualTime time = new VirtualTime(0);
    private final RecordingPacerListener listener = new RecordingPacerListener();
    private final Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, listener);
    private final SimulatedUpstream upstream = new SimulatedUpstream(time);
    private final List<String> order = new ArrayList<>();

    private UniAssertSubscriber<TaskResult<String>> ask(String who, QueueLane lane, Duration maxWait) {
        return TestTasks.attempts(pacer, permit -> {
            order.add(who);
            return upstream.ask(permit);
        }).join(new QueueOptions(lane, "caller", maxWait)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private UniAssertSubscriber<TaskResult<String>> ask(String who) {
        return ask(who, QueueLane.INTERACTIVE, PATIENT);
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
    void what_was_refused_is_sent_before_all_others_of_its_lane_and_nobody_notices() {
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
    void one_refusal_is_told_once_and_widens_the_margin() {
        upstream.limit = 19;
        ask(100);
        time.pass(Duration.ofMillis(1500));
        assertThat(listener.events).containsExactly("degraded");
        assertThat(pacer.snapshot().margin()).isGreaterThan(Duration.ofMillis(20));
        assertThat(pacer.snapshot().rejected()).isEqualTo(2);
    }

    @Test
    void a_lone_refusal_waits_before_it_is_sent_again_and_longer_each_time() {
        upstream.limit = 0;
        var start = time.getAsLong();
        var caller = ask("lone");
        time.pass(Duration.ofSeconds(2));
        // 50, 100, 200 and 400 ms, each from the answer, which takes 5 ms.
        assertThat(upstream.arrivals).extracting(at -> Math.round((at - start) / 1e6))
                .containsExactly(0L, 55L, 160L, 365L, 770L);
        assertThat(outcome(caller)).isEqualTo("RequestLimitExceeded");
    }

    @Test
    void whoever_comes_meanwhile_waits_with_it() {
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
    void a_deadline_that_passes_after_a_refusal_tells_the_refusal() {
        upstream.limit = 0;
        var caller = ask("lone", QueueLane.INTERACTIVE, Duration.ofMillis(100));
        time.pass(Duration.ofMillis(101));
        assertThat(outcome(caller)).isEqualTo("RequestLimitExceeded");
        assertThat(caller.getItem().waited()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_long_lock_out_tells_all_who_wait_and_refuses_who_comes() {
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
    void while_it_is_locked_out_newcomers_are_told_when_to_come_back() {
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
    void who_stops_tells_all_who_wait_and_all_who_come_and_lets_what_was_sent_end() {
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
    void what_is_worth_another_turn_gets_one_before_all_others_and_the_limit_is_not_doubted() {
        var tries = new ArrayList<Permit>();
        var caller = TestTasks.<String> attempts(pacer, permit -> {
            tries.add(permit);
            permit.markSent();
            return tries.size() == 1
                    ? Uni.createFrom().item(new Attempt.RetryAfter<>("clock", Duration.ZERO))
                    : Uni.createFrom().item(new Attempt.Done<>("answer"));
        }).join(new QueueOptions(QueueLane.INTERACTIVE, "caller", PATIENT)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        time.pass(SPACING.multipliedBy(2));
        assertThat(outcome(caller.assertCompleted())).isEqualTo("answer");
        assertThat(tries).hasSize(2).doesNotHaveDuplicates();
        assertThat(pacer.snapshot().degraded()).isFalse();
        assertThat(pacer.snapshot().departed()).isEqualTo(2);
    }
}
