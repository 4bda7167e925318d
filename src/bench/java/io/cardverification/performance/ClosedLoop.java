package io.cardverification.performance;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/** Asks the next question over each connection as soon as its last is answered: as much as the one who answers can bear. */
final class ClosedLoop {

    /** Nothing that is asked this way waits for a turn. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final LoadConnections callers;

    ClosedLoop(LoadConnections callers) {
        this.callers = callers;
    }

    /** @return when all are answered; of what was asked before {@code warmUp} nothing is told */
    LoadResult run(Supplier<byte[]> requests, Duration warmUp, Duration measured) throws IOException {
        var tally = new LoadResult.Tally();
        var from = System.nanoTime() + warmUp.toNanos();
        var end = from + measured.toNanos();
        var asked = new int[1];
        var left = new int[] { callers.all().size() };
        for (var caller : callers.all()) {
            caller.ask(requests.get(), System.nanoTime());
        }
        LoadConnections.ResponseListener listener = caller -> {
            if (caller.dueNanos() - from >= 0) {
                tally.add(caller);
                asked[0]++;
            }
            var now = System.nanoTime();
            if (now - end < 0) {
                caller.ask(requests.get(), now);
            } else {
                left[0]--;
            }
        };
        while (left[0] > callers.lost() && System.nanoTime() - end < LONGEST.toNanos()) {
            callers.serve(listener);
        }
        return tally.asked(asked[0], System.nanoTime() - from, left[0]);
    }
}
