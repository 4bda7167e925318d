package io.cardverification.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Every request of the last minute that was counted against the limit, oldest first. Threads: the sandbox's event loop. */
final class Arrivals {

    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private record Arrival(long atNanos, boolean refused, String requestId) {
    }

    private final Deque<Arrival> arrivals = new ArrayDeque<>();

    /** @param atNanos of a monotonic clock without meaning of its own: differences count */
    void add(long atNanos, boolean refused, String requestId) {
        forget(atNanos);
        arrivals.add(new Arrival(atNanos, refused, requestId));
    }

    JsonObject json(long nowNanos) {
        forget(nowNanos);
        var list = new JsonArray();
        arrivals.forEach(arrival -> list.add(new JsonObject()
                .put("atNanos", arrival.atNanos())
                .put("refused", arrival.refused())
                .put("requestId", arrival.requestId())));
        return new JsonObject().put("arrivals", list);
    }

    private void forget(long nowNanos) {
        while (!arrivals.isEmpty() && nowNanos - arrivals.getFirst().atNanos() > KEPT_NANOS) {
            arrivals.removeFirst();
        }
    }
}
