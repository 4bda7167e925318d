package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.Scale;
import io.cardverification.verification.Lane;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * More than a thousand simulated hours, at {@link Scale}: quiet nights, busy days and bursts. Callers join and cancel at
 * random, and the
 * upstream counts with the strictest algorithm.
 */
class LongRunTest {

    private static final int RUNS = Scale.of(50);
    private static final Duration RUN = Duration.ofHours(21);

    /** One run, decided by its seed. */
    private static final class Run {
        final Random random;
        final VirtualTime time;
        final SimulatedUpstream upstream;
        final RecordingPacerListener listener = new RecordingPacerListener();
        final Pacer pacer;
        final List<Cancellable> waiting = new ArrayList<>();
        long asked;
        long answered;
        long refused;
        long cancelled;

        Run(int seed) {
            random = new Random(seed);
            time = new VirtualTime(random.nextLong());
            upstream = new SimulatedUpstream(time);
            upstream.delay = () -> 5_000_000 + random.nextInt(19_000_000);
            pacer = new Pacer(TestPacingConfig.WARM, time, time, listener);
        }

        void ask() {
            asked++;
            var options = new QueueOptions(random.nextBoolean() ? Lane.INTERACTIVE : Lane.BATCH,
                    "caller " + random.nextInt(3),
                    Duration.ofMillis(random.nextInt(20_000)));
            waiting.add(
                    TestTasks.attempts(pacer, upstream::ask).join(options).onCancellation().invoke(() -> cancelled++)
                            .subscribe()
                            .with(result -> {
                                if (result instanceof TaskResult.Completed<String> completed
                                        && completed.outcome().equals("answer")) {
                                    answered++;
                                } else {
                                    refused++;
                                }
                            }));
        }

        void pass() {
            var end = time.getAsLong() + RUN.toNanos();
            while (end - time.getAsLong() > 0) {
                time.late(Duration.ofNanos(random.nextInt(3_000_000)));
                switch (random.nextInt(5)) {
                    case 0 -> burst(random.nextInt(120));
                    case 1 -> time.pass(Duration.ofSeconds(random.nextInt(1_200)));
                    case 2 -> trickle(random.nextInt(200));
                    case 3 -> burst(20);
                    default -> leave();
                }
            }
            time.late(Duration.ZERO);
            time.pass(Duration.ofMinutes(1));
        }

        private void burst(int size) {
            for (var i = 0; i < size; i++) {
                ask();
            }
            time.pass(Duration.ofMillis(random.nextInt(10_000)));
        }

        private void trickle(int size) {
            for (var i = 0; i < size; i++) {
                ask();
                time.pass(Duration.ofMillis(random.nextInt(1_000)));
            }
        }

        private void leave() {
            waiting.forEach(caller -> {
                if (random.nextBoolean()) {
                    caller.cancel();
                }
            });
            waiting.clear();
            time.pass(Duration.ofSeconds(random.nextInt(60)));
        }
    }

    @Test
    void keeps_the_limit_and_every_waiter_for_a_thousand_hours() {
        var hours = 0L;
        for (var seed = 0; seed < RUNS; seed++) {
            var run = new Run(seed);
            run.pass();
            hours += RUN.toHours();
            assertThat(run.upstream.maxCountInASecond()).as("seed %d", seed).isEqualTo(20);
            assertThat(run.upstream.refused).as("seed %d", seed).isZero();
            assertThat(run.answered + run.refused + run.cancelled).as("seed %d", seed).isEqualTo(run.asked);
            assertThat(run.answered).as("seed %d", seed).isGreaterThan(run.asked / 4);
            assertThat(run.pacer.availability()).as("seed %d", seed).isEqualTo(new Availability(20, Duration.ZERO));
        }
        assertThat(hours).isGreaterThan(Scale.of(1_000));
    }

    @Test
    void no_task_waits_while_a_permit_is_free() {
        for (var seed = 0; seed < 20; seed++) {
            var run = new Run(seed);
            for (var step = 0; step < 2_000; step++) {
                run.ask();
                run.time.pass(Duration.ofMillis(run.random.nextInt(200)));
                var now = run.pacer.snapshot();
                var nobodyWaits = now.waiting().values().stream().allMatch(waiting -> waiting == 0);
                assertThat(nobodyWaits || now.free() == 0).as("seed %d, step %d", seed, step).isTrue();
            }
        }
    }
}
