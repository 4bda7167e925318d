package io.cardverification.performance;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Asks on and on until that has been no faster for a while: then the compiler, which shares the processor, is done. */
final class WarmUp {

    private static final Duration LONGEST = Duration.ofSeconds(Integer.getInteger("performance.warm-up", 90));
    private static final Duration WHILE = LONGEST.dividedBy(4);
    private static final double FASTER = 1.02;

    private WarmUp() {
    }

    static void of(String name, LoadConnections callers, Supplier<byte[]> requests) throws IOException {
        var start = System.nanoTime();
        var fastest = start;
        var best = 0.0;
        while (System.nanoTime() - fastest < WHILE.toNanos() && System.nanoTime() - start < LONGEST.toNanos()) {
            var asked = new ClosedLoop(callers).run(requests, Duration.ZERO, PerformanceBench.EACH);
            if (asked.perSecond() > best * FASTER) {
                best = asked.perSecond();
                fastest = System.nanoTime();
            }
        }
        System.out.printf(Locale.ROOT, "warm after %d s: %s, %,.0f a second%n",
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                name, best);
    }
}
