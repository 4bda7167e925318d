package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.Scale;
import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * A million random joins and cancels, at {@link Scale}, on real threads, racing with dispatches, departures and responses: no
 * permit is
 * lost or used twice, and no task is started after its waiters have left.
 */
class StressTest {

    private static final int THREADS = 4;
    private static final int TASKS_PER_THREAD = Scale.of(150_000);
    private static final int LIMIT = 20;
    private static final Duration WINDOW = Duration.ofNanos(20_000);

    /** How often each task was started, returned a result, and was cancelled by all of its waiters. */
    private final AtomicIntegerArray started = new AtomicIntegerArray(THREADS * TASKS_PER_THREAD);
    private final AtomicIntegerArray told = new AtomicIntegerArray(THREADS * TASKS_PER_THREAD);
    private final AtomicIntegerArray cancelledBefore = new AtomicIntegerArray(THREADS * TASKS_PER_THREAD);
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong running = new AtomicLong();

    @Test
    void keeps_its_invariants_on_racing_threads() throws Exception {
        try (var alarm = new RealTimeScheduler()) {
            var pacer = new Pacer(
                    TestPacingConfig.WARM.limit(LIMIT).window(WINDOW).margins(Duration.ofNanos(1_000), Duration.ofNanos(1_000)),
                    System::nanoTime, alarm, new RecordingPacerListener());
            var threads = Executors.newFixedThreadPool(THREADS);
            var work = new ArrayList<Future<?>>();
            for (var thread = 0; thread < THREADS; thread++) {
                var first = thread * TASKS_PER_THREAD;
                work.add(threads.submit(() -> joinAndCancel(pacer, first)));
            }
            for (var each : work) {
                each.get(5, TimeUnit.MINUTES);
            }
            threads.shutdown();

            // Every waiter has its result or has left, and every permit is free.
            for (var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); !quiet(pacer) && System.nanoTime() < end;) {
                Thread.onSpinWait();
            }
            var now = pacer.snapshot();
            assertThat(now.waiting()).containsEntry(Lane.INTERACTIVE, 0).containsEntry(Lane.BATCH, 0);
            assertThat(now.free()).isEqualTo(LIMIT);
            assertThat(now.maxInWindow()).isLessThanOrEqualTo(LIMIT);
            assertThat(operations.get()).isGreaterThan(Scale.of(1_000_000));
            assertThat(running).hasValue(0);
            for (var task = 0; task < started.length(); task++) {
                assertThat(started.get(task)).as("starts of task %d", task).isLessThanOrEqualTo(1);
                assertThat(told.get(task) + cancelledBefore.get(task)).as("endings of task %d", task).isPositive();
            }
        }
    }

    private boolean quiet(Pacer pacer) {
        return running.get() == 0 && pacer.snapshot().free() == LIMIT;
    }

    private void joinAndCancel(Pacer pacer, int first) {
        var random = ThreadLocalRandom.current();
        List<Runnable> waiting = new ArrayList<>();
        for (var i = 0; i < TASKS_PER_THREAD; i++) {
            var number = first + i;
            var task = TestTasks.task(pacer, permit -> send(permit, number));
            var options = new QueueOptions(random.nextInt(4) == 0 ? Lane.BATCH : Lane.INTERACTIVE,
                    "caller " + random.nextInt(5),
                    Duration.ofNanos(random.nextInt(40_000_000)));
            var waiters = 1 + random.nextInt(2);
            var left = new AtomicLong(waiters);
            for (var waiter = 0; waiter < waiters; waiter++) {
                operations.incrementAndGet();
                waiting.add(cancelling(task.join(options), number, left));
            }
            if (waiting.size() > 60) {
                operations.incrementAndGet();
                waiting.remove(random.nextInt(waiting.size())).run();
            }
        }
        waiting.forEach(Runnable::run);
        operations.addAndGet(waiting.size());
    }

    private Runnable cancelling(Uni<TaskResult<Integer>> result, int number, AtomicLong left) {
        Cancellable subscription = result.subscribe().with(done -> told.incrementAndGet(number));
        return () -> {
            subscription.cancel();
            if (left.decrementAndGet() == 0) {
                cancelledBefore.incrementAndGet(number);
            }
        };
    }

    /** Responds at once, later, or not before a cancel. */
    private Uni<Integer> send(Permit permit, int number) {
        started.incrementAndGet(number);
        running.incrementAndGet();
        var kind = number % 3;
        if (kind != 0) {
            permit.markSent();
        }
        var answer = kind == 1 ? Uni.createFrom().item(number)
                : Uni.createFrom().<Integer> emitter(caller -> RealTimeScheduler.LATER.execute(() -> caller.complete(number)));
        var ended = new AtomicBoolean(); // an answer that races with a cancel may end twice
        return answer.onTermination().invoke(() -> running.addAndGet(ended.getAndSet(true) ? 0 : -1));
    }
}
