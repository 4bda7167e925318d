package io.cardverification.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** The cost of a hundred thousand waiting requests in time and memory, in virtual time. */
final class WaitingBench {

    private static final Duration PATIENT = Duration.ofHours(20);

    /** Nanoseconds for each, bytes for each. */
    private record WaitingCost(int waiting, long enqueue, long cancel, long grant, long bytes) {
    }

    private final Random random = new Random(1);

    private WaitingBench() {
    }

    static void print() {
        var bench = new WaitingBench();
        for (var i = 0; i < 3; i++) {
            bench.measure(100_000);
        }
        System.out.printf(Locale.ROOT, "%nWaiting requests of 1,000 callers in two lanes, the cost of each:%n%n");
        System.out.println("| Waiting | Enqueue | Cancel | Grant, send and answer | Memory |");
        System.out.println("|--:|--:|--:|--:|--:|");
        for (var waiting : List.of(1_000, 10_000, 100_000, 1_000_000)) {
            var cost = bench.measure(waiting);
            System.out.printf(Locale.ROOT, "| %,d | %d ns | %d ns | %d ns | %d bytes |%n", cost.waiting(), cost.enqueue(),
                    cost.cancel(), cost.grant(), cost.bytes());
        }
    }

    /** Half of them are cancelled, in no order, and the other half is sent. */
    private WaitingCost measure(int waiting) {
        var clock = new long[1];
        var pacer = new Pacer(TestPacingConfig.WARM, () -> clock[0], (delay, task) -> tasks.add(task),
                new RecordingPacerListener());
        tasks.clear();
        for (var i = 0; i < 20; i++) {
            join(pacer, Duration.ZERO);
        }
        var callers = new ArrayList<Cancellable>(waiting);
        var before = usedBytes();
        var start = System.nanoTime();
        for (var i = 0; i < waiting; i++) {
            callers.add(join(pacer, PATIENT.plusNanos(random.nextInt(1_000_000))));
        }
        var enqueued = System.nanoTime();
        var bytes = (usedBytes() - before) / waiting;
        Collections.shuffle(callers, random);
        var shuffled = System.nanoTime();
        callers.subList(0, waiting / 2).forEach(Cancellable::cancel);
        var cancelled = System.nanoTime();
        while (!tasks.isEmpty()) {
            var due = List.copyOf(tasks);
            tasks.clear();
            clock[0] += TimeUnit.MILLISECONDS.toNanos(1_020);
            due.forEach(Runnable::run);
        }
        var granted = System.nanoTime();
        if (pacer.snapshot().departed() != 20 + waiting - waiting / 2) {
            throw new IllegalStateException("not all have been sent");
        }
        return new WaitingCost(waiting, (enqueued - start) / waiting, (cancelled - shuffled) / (waiting / 2),
                (granted - cancelled) / (waiting - waiting / 2), bytes);
    }

    private final List<Runnable> tasks = new ArrayList<>();

    private Cancellable join(Pacer pacer, Duration maxWait) {
        var place = new QueueOptions(random.nextInt(3) == 0 ? Lane.BATCH : Lane.INTERACTIVE,
                "caller " + random.nextInt(1_000), maxWait);
        return TestTasks.task(pacer, permit -> Uni.createFrom().item("answer").invoke(permit::markSent)).join(place).subscribe()
                .with(result -> {
                });
    }

    private static long usedBytes() {
        for (var i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
