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

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** A million random joins and cancels on real threads, racing with grants, departures and answers. */
@NullUnmarked // rides have either
class StressTest {

    private static final int THREADS = 4;
    private static final int TURNS_PER_THREAD = 150_000;
    private static final int LIMIT = 20;
    private static final Duration WINDOW = Duration.ofNanos(20_000);

    /** What a turn may have gone through. */
    private final AtomicIntegerArray started = new AtomicIntegerArray(THREADS * TURNS_PER_THREAD);
    private final AtomicIntegerArray told = new AtomicIntegerArray(THREADS * TURNS_PER_THREAD);
    private final AtomicIntegerArray cancelledBefore = new AtomicIntegerArray(THREADS * TURNS_PER_THREAD);
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong running = new AtomicLong();

    @Test
    void no_permit_is_lost_none_is_used_twice_and_nobody_is_sent_after_he_left() throws Exception {
        try (var alarm = new RealTimeScheduler()) {
            var pacer = new Pacer(
                    TestPacingConfig.WARM.limit(LIMIT).window(WINDOW).margins(Duration.ofNanos(1_000), Duration.ofNanos(1_000)),
                    System::nanoTime, alarm, new RecordingPacerListener());
            var threads = Executors.newFixedThreadPool(THREADS);
            var work = new ArrayList<Future<?>>();
            for (var thread = 0; thread < THREADS; thread++) {
                var first = thread * TURNS_PER_THREAD;
                work.add(threads.submit(() -> joinAndCancel(pacer, first)));
            }
            for (var each : work) {
                each.get(5, TimeUnit.MINUTES);
            }
            threads.shutdown();

            // Everybody has been told or has left, and every permit is back: as many as ever may be had at once.
            for (var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); !quiet(pacer) && System.nanoTime() < end;) {
                Thread.onSpinWait();
            }
            var now = pacer.snapshot();
            assertThat(now.waiting()).containsEntry(QueueLane.INTERACTIVE, 0).containsEntry(QueueLane.BATCH, 0);
            assertThat(now.free()).isEqualTo(LIMIT);
            assertThat(now.maxInWindow()).isLessThanOrEqualTo(LIMIT);
            assertThat(operations.get()).isGreaterThan(1_000_000);
            assertThat(running).hasValue(0);
            for (var turn = 0; turn < started.length(); turn++) {
                assertThat(started.get(turn)).as("starts of turn %d", turn).isLessThanOrEqualTo(1);
                assertThat(told.get(turn) + cancelledBefore.get(turn)).as("endings of turn %d", turn).isPositive();
            }
        }
    }

    private boolean quiet(Pacer pacer) {
        return running.get() == 0 && pacer.snapshot().free() == LIMIT;
    }

    private void joinAndCancel(Pacer pacer, int first) {
        var random = ThreadLocalRandom.current();
        List<Runnable> waiting = new ArrayList<>();
        for (var i = 0; i < TURNS_PER_THREAD; i++) {
            var number = first + i;
            var turn = TestTasks.task(pacer, permit -> send(permit, number));
            var place = new QueueOptions(random.nextInt(4) == 0 ? QueueLane.BATCH : QueueLane.INTERACTIVE,
                    "caller " + random.nextInt(5),
                    Duration.ofNanos(random.nextInt(40_000_000)));
            var riders = 1 + random.nextInt(2);
            var left = new AtomicLong(riders);
            for (var rider = 0; rider < riders; rider++) {
                operations.incrementAndGet();
                waiting.add(cancelling(turn.join(place), number, left));
            }
            if (waiting.size() > 60) {
                operations.incrementAndGet();
                waiting.remove(random.nextInt(waiting.size())).run();
            }
        }
        waiting.forEach(Runnable::run);
        operations.addAndGet(waiting.size());
    }

    private Runnable cancelling(Uni<TaskResult<Integer>> ride, int number, AtomicLong left) {
        Cancellable subscription = ride.subscribe().with(done -> told.incrementAndGet(number));
        return () -> {
            subscription.cancel();
            if (left.decrementAndGet() == 0) {
                cancelledBefore.incrementAndGet(number);
            }
        };
    }

    /** Answers at once, later, or never, until it is cancelled. */
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
