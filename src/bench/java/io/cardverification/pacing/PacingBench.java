package io.cardverification.pacing;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Measures this gateway's pacer beside ready-made limiters, each in front of the same strict sandbox, and prints one table.
 *
 * <p>
 * The sandbox measures counts and rates; the callers measure waits, from the request to the response. With jitter, the sandbox
 * delays each
 * request by 20 ms and Exp(3 ms) before it counts it.
 */
public final class PacingBench {

    private static final int BURST = 100;
    private static final Duration SATURATED = Duration.ofSeconds(12);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final SandboxProcess sandbox;
    private int cards;

    private PacingBench(SandboxProcess sandbox) {
        this.sandbox = sandbox;
    }

    public static void main(String[] arguments) throws Exception {
        var vertx = Vertx.vertx();
        try (var sandbox = new SandboxProcess()) {
            var bench = new PacingBench(sandbox);
            bench.warmUp(vertx);
            LimiterRow.print("Without jitter", bench.all(vertx));
            sandbox.rules(20_000, 3_000);
            LimiterRow.print("20 ms + Exp(3 ms) on the way to the sandbox", bench.all(vertx));
            sandbox.rules(0, 0);
            bench.twentyAfterIdle(vertx);
        }
        WaitingBench.print();
        vertx.close();
        System.exit(0); // some candidates leave threads behind
    }

    private void warmUp(Vertx vertx) throws Exception {
        for (var candidate : LimiterCandidates.all(vertx, sandbox.port())) {
            try (var each = candidate.get()) {
                burst(each, 40);
            }
        }
    }

    private List<LimiterRow> all(Vertx vertx) throws Exception {
        var rows = new ArrayList<LimiterRow>();
        for (var candidate : LimiterCandidates.all(vertx, sandbox.port())) {
            try (var each = candidate.get()) {
                rows.add(measure(each));
                System.err.println(rows.get(rows.size() - 1));
            }
        }
        return rows;
    }

    private LimiterRow measure(LimiterCandidate candidate) throws Exception {
        idle();
        var waits = burst(candidate, BURST);
        var burst = arrivalsSince(idleEnd);
        idle();
        var saturated = saturate(candidate);
        idle();
        var cancelled = cancelHalf(candidate);
        idle();
        var threads = threadsOfThousand(candidate);
        var all = new ArrayList<>(burst);
        all.addAll(saturated);
        return new LimiterRow(candidate.name(), Math.max(largest(burst), largest(saturated)),
                100.0 * all.stream().filter(SandboxProcess.Arrival::refused).count() / all.size(),
                100 * perSecond(saturated) / 20, waits.length,
                Arrays.stream(waits).average().orElse(Double.NaN), percentile99(waits), cancelled, threads);
    }

    private long idleEnd;

    /** Until no window holds anything of before; nothing is measured by this pause. */
    private void idle() throws Exception {
        Thread.sleep(1_500);
        var arrivals = sandbox.arrivals();
        idleEnd = arrivals.isEmpty() ? Long.MIN_VALUE : arrivals.get(arrivals.size() - 1).atNanos();
    }

    private List<SandboxProcess.Arrival> arrivalsSince(long nanos) throws Exception {
        return sandbox.arrivals().stream().filter(arrival -> nanos == Long.MIN_VALUE || arrival.atNanos() - nanos > 0).toList();
    }

    /** @return milliseconds, of the accepted requests */
    private double[] burst(LimiterCandidate candidate, int size) throws Exception {
        var waits = new ConcurrentLinkedQueue<Double>();
        var left = new CountDownLatch(size);
        for (var i = 0; i < size; i++) {
            var asked = System.nanoTime();
            candidate.ask(cards++, admitted -> {
                if (admitted) {
                    waits.add((System.nanoTime() - asked) / 1e6);
                }
                left.countDown();
            });
        }
        left.await(25, TimeUnit.SECONDS);
        return waits.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** Sixty callers who ask again whenever they are answered. */
    private List<SandboxProcess.Arrival> saturate(LimiterCandidate candidate) throws Exception {
        var over = new AtomicBoolean();
        var left = new CountDownLatch(60);
        for (var i = 0; i < 60; i++) {
            askAgain(candidate, over, left);
        }
        Thread.sleep(SATURATED.toMillis());
        var arrivals = arrivalsSince(idleEnd);
        over.set(true);
        left.await(10, TimeUnit.SECONDS);
        return arrivals;
    }

    private void askAgain(LimiterCandidate candidate, AtomicBoolean over, CountDownLatch left) {
        candidate.ask(cards++, admitted -> {
            if (over.get()) {
                left.countDown();
            } else {
                askAgain(candidate, over, left);
            }
        });
    }

    /** A hundred callers, of whom the last fifty go away after 0.3 s. @return requests that were sent for those */
    private int cancelHalf(LimiterCandidate candidate) throws Exception {
        var left = new CountDownLatch(BURST / 2);
        var cancels = new ArrayList<Runnable>();
        for (var i = 0; i < BURST; i++) {
            var stays = i < BURST / 2;
            cancels.add(candidate.ask(cards++, admitted -> {
                if (stays) {
                    left.countDown();
                }
            }));
        }
        Thread.sleep(300);
        cancels.subList(BURST / 2, BURST).forEach(Runnable::run);
        left.await(25, TimeUnit.SECONDS);
        Thread.sleep(4_000); // what is sent for nobody is sent late
        var refusedAndSentAgain = candidate.name().startsWith("this") ? refusedSince() : 0;
        return Math.max(0, arrivalsSince(idleEnd).size() - refusedAndSentAgain - BURST / 2);
    }

    private int refusedSince() throws Exception {
        return (int) arrivalsSince(idleEnd).stream().filter(SandboxProcess.Arrival::refused).count();
    }

    private int threadsOfThousand(LimiterCandidate candidate) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getThreadCount();
        var cancels = new ArrayList<Runnable>();
        for (var i = 0; i < 1_000; i++) {
            cancels.add(candidate.ask(cards++, admitted -> {
            }));
        }
        Thread.sleep(500);
        var held = threads.getThreadCount() - before;
        cancels.forEach(Runnable::run);
        return Math.max(0, held);
    }

    /**
     * Cumulative arrivals over time are a line; its slope does not care where bursts begin and end. A candidate that stops
     * halfway has no
     * line, and is counted.
     */
    private static double perSecond(List<SandboxProcess.Arrival> arrivals) {
        var admitted = arrivals.stream().filter(arrival -> !arrival.refused()).mapToLong(SandboxProcess.Arrival::atNanos)
                .toArray();
        if (admitted.length == 0 || admitted[admitted.length - 1] - admitted[0] < SATURATED.toNanos() / 2) {
            return admitted.length / (double) SATURATED.toSeconds();
        }
        double meanX = Arrays.stream(admitted).mapToDouble(at -> at - admitted[0]).average().orElseThrow();
        var meanY = (admitted.length - 1) / 2.0;
        double xy = 0;
        double xx = 0;
        for (var i = 0; i < admitted.length; i++) {
            var x = admitted[i] - admitted[0] - meanX;
            xy += x * (i - meanY);
            xx += x * x;
        }
        return xy / xx * SECOND;
    }

    private static int largest(List<SandboxProcess.Arrival> arrivals) {
        return WindowCounter.largestCountIn(Duration.ofNanos(SECOND),
                arrivals.stream().map(SandboxProcess.Arrival::atNanos).toList());
    }

    private static double percentile99(double[] sorted) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
    }

    private void twentyAfterIdle(Vertx vertx) throws Exception {
        var pacer = new Pacer(TestPacingConfig.WARM, System::nanoTime, new UpstreamEventLoop(vertx),
                new RecordingPacerListener());
        var wire = new BenchClient(vertx, sandbox.port());
        var left = new CountDownLatch(20);
        var longest = new AtomicInteger();
        for (var i = 0; i < 20; i++) {
            TestTasks.task(pacer, permit -> Uni.createFrom()
                    .completionStage(() -> wire.send(cards++, permit::markSent)))
                    .join(new QueueOptions(Lane.INTERACTIVE, "caller", Duration.ZERO)).subscribe().with(result -> {
                        longest.accumulateAndGet((int) result.waited().toMillis(), Math::max);
                        left.countDown();
                    });
        }
        left.await(10, TimeUnit.SECONDS);
        System.out.printf(Locale.ROOT, "%nA burst of 20 after idle: the longest wait for a permit was %d ms.%n", longest.get());
    }
}
