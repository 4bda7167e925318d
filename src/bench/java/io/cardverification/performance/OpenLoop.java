package io.cardverification.performance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks on a schedule that waits for no answer, and counts from when each was due: a gateway that stands still does not make
 * those who come meanwhile disappear.
 */
final class OpenLoop {

    /** Who was accepted last waits 20 s to be sent. */
    private static final Duration LONGEST = Duration.ofSeconds(40);

    private final LoadConnections callers;
    private final long intervalNanos;
    private final ArrayDeque<LoadConnection> idle;

    OpenLoop(LoadConnections callers, int perSecond) {
        this.callers = callers;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.idle = new ArrayDeque<>(callers.all());
    }

    /** @return when all are answered; of the time before {@code warmUp} nothing is told */
    LoadResult run(Supplier<byte[]> requests, Duration warmUp, Duration measured) throws IOException {
        var tally = new LoadResult.Tally();
        var start = System.nanoTime();
        var from = start + warmUp.toNanos();
        var end = from + measured.toNanos();
        LoadConnections.ResponseListener listener = caller -> {
            if (caller.dueNanos() - from >= 0) {
                tally.add(caller);
            }
            idle.add(caller);
        };
        var asked = 0;
        var due = start;
        while (due - end < 0 && callers.lost() < callers.all().size()) {
            while (due - System.nanoTime() <= 0 && due - end < 0 && !idle.isEmpty()) {
                idle.remove().ask(requests.get(), due);
                asked += due - from >= 0 ? 1 : 0;
                due += intervalNanos;
            }
            callers.serve(listener);
        }
        var sentAll = System.nanoTime();
        while (idle.size() < callers.all().size() - callers.lost() && System.nanoTime() - sentAll < LONGEST.toNanos()) {
            callers.serve(listener);
        }
        return tally.asked(asked, sentAll - from, callers.all().size() - idle.size());
    }
}
