package io.cardverification.chaos;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.vertx.core.json.JsonObject;

/** When the sandbox received the requests of all gateways. An immutable value. */
final class Arrivals {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** In ascending order, of the sandbox's monotonic clock. */
    private final List<Long> nanos;
    private final List<Instant> times;

    /** @param requests rows of the sandbox's ledger */
    Arrivals(Collection<JsonObject> requests) {
        this.nanos = requests.stream().map(request -> request.getLong("receivedNanos")).sorted().toList();
        this.times = requests.stream().map(request -> Instant.parse(request.getString("receivedAt"))).sorted().toList();
    }

    int mostInAnySecond() {
        var oldest = 0;
        var most = 0;
        for (var newest = 0; newest < nanos.size(); newest++) {
            while (nanos.get(newest) - nanos.get(oldest) >= SECOND_NANOS) {
                oldest++;
            }
            most = Math.max(most, newest - oldest + 1);
        }
        return most;
    }

    int between(Instant from, Instant to) {
        return (int) times.stream().filter(time -> !time.isBefore(from) && time.isBefore(to)).count();
    }

    /** Of the whole seconds that begin at {@code from}. */
    int leastInASecond(Instant from, Instant to) {
        var least = Integer.MAX_VALUE;
        for (var second = from; !second.plusSeconds(1).isAfter(to); second = second.plusSeconds(1)) {
            least = Math.min(least, between(second, second.plusSeconds(1)));
        }
        return least;
    }

    /** The time until the first three seconds with at least that mean begin. */
    long millisUntil(double perSecond, Instant from, Instant to) {
        for (var start = from; !start.plusSeconds(3).isAfter(to); start = start.plusMillis(10)) {
            if (between(start, start.plusSeconds(3)) >= 3 * perSecond) {
                return start.toEpochMilli() - from.toEpochMilli();
            }
        }
        throw new IllegalStateException("not within " + (to.toEpochMilli() - from.toEpochMilli()) + " ms");
    }
}
