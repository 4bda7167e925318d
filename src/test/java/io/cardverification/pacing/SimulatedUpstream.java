package io.cardverification.pacing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

import io.smallrye.mutiny.Uni;

/** An upstream in virtual time. It counts arrivals in a sliding second, which is the strictest algorithm. */
final class SimulatedUpstream {

    private static final long SECOND = 1_000_000_000L;

    private final VirtualTime time;
    private final Deque<Long> counted = new ArrayDeque<>();
    final List<Long> arrivals = new ArrayList<>();
    /** The one-way delay of the network, in nanoseconds. */
    LongSupplier delay = () -> 0;
    int limit = 20;
    long admitted;
    long refused;

    SimulatedUpstream(VirtualTime time) {
        this.time = time;
    }

    /** Answers five milliseconds after the arrival. */
    Uni<Attempt<String>> ask(Permit permit) {
        permit.markSent();
        return Uni.createFrom().emitter(caller -> time.schedule(1 + delay.getAsLong(), () -> {
            var served = admits(time.getAsLong());
            time.schedule(5_000_000, () -> {
                if (served) {
                    caller.complete(new Attempt.Done<>("answer"));
                } else {
                    caller.complete(new Attempt.RateLimited<>("RequestLimitExceeded", "RequestLimitExceeded"));
                }
            });
        }));
    }

    private boolean admits(long nowNanos) {
        arrivals.add(nowNanos);
        while (!counted.isEmpty() && nowNanos - counted.getFirst() >= SECOND) {
            counted.removeFirst();
        }
        if (counted.size() < limit) {
            counted.add(nowNanos);
            admitted++;
            return true;
        }
        refused++;
        return false;
    }

    void forget() {
        admitted = 0;
        refused = 0;
        arrivals.clear();
    }

    int maxCountInASecond() {
        return WindowCounter.largestCountIn(Duration.ofNanos(SECOND), arrivals);
    }
}
